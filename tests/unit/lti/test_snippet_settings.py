"""A deployment's capture settings stay within what a page and a worker can bear."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from lti_tool.lti.models import Deployment
from tests.factories import make_deployment

pytestmark = pytest.mark.django_db

TOO_MUCH = [
    {"snippet_frames": 0},
    {"snippet_frames": 25},
    {"snippet_seconds": 0.4},
    {"snippet_seconds": 10.5, "snippet_interval_s": 20},
    {"snippet_interval_s": 0, "snippet_seconds": 0.5},
    {"snippet_interval_s": 601},
    {"snippet_interval_s": 3, "snippet_seconds": 4.0},
]


@pytest.mark.parametrize("values", TOO_MUCH, ids=str)
def test_a_setting_out_of_bounds_is_refused_by_the_form_and_by_the_database(values: dict[str, float]) -> None:
    deployment = make_deployment()
    for name, value in values.items():
        setattr(deployment, name, value)

    with pytest.raises(ValidationError):
        deployment.full_clean()
    with pytest.raises(IntegrityError):
        Deployment.objects.update(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"snippet_frames": 1, "snippet_seconds": 0.5, "snippet_interval_s": 1},
        {"snippet_frames": 24, "snippet_seconds": 10, "snippet_interval_s": 10},
        {"snippet_interval_s": 600},
    ],
    ids=str,
)
def test_a_setting_within_bounds_is_taken(values: dict[str, Any]) -> None:
    deployment = make_deployment(**values)

    deployment.full_clean()
