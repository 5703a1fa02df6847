"""Frame origins: nothing but origins reaches the header."""

import pytest
from django.core.exceptions import ValidationError

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import Registration
from lti_tool.lti.validators import validate_origins


@pytest.mark.parametrize(
    "origin",
    ["https://moodle.example.edu", "https://*.instructure.com", "http://127.0.0.1:9000", "https://a"],
)
def test_an_origin_is_accepted(origin: str) -> None:
    validate_origins([origin])


@pytest.mark.parametrize(
    "origins",
    [
        "https://moodle.example.edu",
        ["https://moodle.example.edu/"],
        ["https://a.example; script-src *"],
        ["https://a.example https://b.example"],
        ["https://a.example\n"],
        ["*"],
        ["'self'"],
        [None],
    ],
)
def test_anything_else_is_not(origins: object) -> None:
    with pytest.raises(ValidationError):
        validate_origins(origins)


@pytest.mark.django_db
def test_a_platform_with_a_bad_origin_is_not_put_on_record() -> None:
    url = "https://a.example"

    with pytest.raises(ValidationError):
        services.register_platform(
            issuer=url,
            client_id="c",
            auth_login_url=url,
            token_url=url,
            jwks_url=url,
            frame_origins=["https://a.example; script-src *"],
            at=now(),
        )
    assert not Registration.objects.exists()
