"""Nothing about a person is kept without a time or a reason, and nothing is swept that is not on the page."""

from pathlib import Path

from django.apps import apps
from django.db import models

from lti_tool.celery import app as celery
from lti_tool.domain.retention import RULES, Kind
from lti_tool.lti.models import PlatformUser
from lti_tool.privacy.kept import KEPT
from lti_tool.privacy.over import OVER

PAGE = Path(__file__).resolve().parents[2] / "docs" / "retention.md"
NO_TABLE_OF_ITS_OWN = {Kind.FRAMES_IN_SPOOL, Kind.EMPTY_FILE}
"""Frames lie in the spool; an empty file becomes a closed one."""


def has_a_moment_or_a_person(model: type[models.Model]) -> bool:
    return model is PlatformUser or any(
        isinstance(field, models.DateField) or field.related_model is PlatformUser
        for field in model._meta.get_fields()
        if not field.auto_created
    )


def test_every_table_with_a_moment_or_a_person_has_a_kind_or_a_reason_and_no_other() -> None:
    tables = {model._meta.label for model in apps.get_models() if has_a_moment_or_a_person(model)}
    assert set(KEPT) == tables


def test_a_reason_is_a_sentence() -> None:
    assert [why for why in KEPT.values() if not isinstance(why, Kind) and not why.endswith(".")] == []


def test_every_kind_is_swept() -> None:
    assert set(OVER) == set(RULES) == set(Kind)
    assert set(Kind) - NO_TABLE_OF_ITS_OWN == {kind for kind in KEPT.values() if isinstance(kind, Kind)}


def test_the_page_says_of_every_kind_how_long_and_why() -> None:
    page = PAGE.read_text(encoding="utf-8")
    missing = [
        kind
        for kind, rule in RULES.items()
        if f"| `{kind}` | {said(kind)} |" not in page or rule.why not in page
    ]
    assert missing == []


def said(kind: Kind) -> str:
    lifetime = RULES[kind].lifetime
    if not lifetime:
        return "at once"
    minutes, days = lifetime.total_seconds() / 60, lifetime.days
    return f"{days} days" if days > 1 else "1 day" if days else f"{minutes:.0f} minutes"


def test_the_clock_asks_for_tasks_that_there_are() -> None:
    celery.loader.import_default_modules()
    asked = {entry["task"] for entry in celery.conf.beat_schedule.values()}
    assert asked <= set(celery.tasks)
    assert {"lti_tool.privacy.tasks.sweep", "lti_tool.audit.tasks.anchor_audit"} <= asked
