"""The system checks of an installation."""

import pytest
from pytest_django import Settings

from lti_tool.core.checks import check_installation

SOUND = {
    "PUBLIC_URL": "https://attune.example.edu",
    "ALLOWED_HOSTS": ["attune.example.edu"],
    "ALLOW_LOOPBACK_PLATFORMS": False,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "DEBUG": False,
}


def _found(settings: Settings, **changed: object) -> list[str | None]:
    for name, value in (SOUND | changed).items():
        setattr(settings, name, value)
    return [finding.id for finding in check_installation(None)]


def test_a_sound_installation_has_no_findings(settings: Settings) -> None:
    assert _found(settings) == []


@pytest.mark.parametrize(
    ("name", "value", "finding"),
    [
        ("PUBLIC_URL", "https://attune.example.edu/path", "attune.E001"),
        ("PUBLIC_URL", "http://attune.example.edu", "attune.E002"),
        ("ALLOWED_HOSTS", ["localhost"], "attune.E003"),
        ("ALLOW_LOOPBACK_PLATFORMS", True, "attune.E004"),
        ("PRIVATE_PLATFORM_NETWORKS", ["10.0.0.1/8"], "attune.E005"),
        ("SECURE_PROXY_SSL_HEADER", None, "attune.W001"),
        ("DEBUG", True, "attune.W002"),
    ],
)
def test_each_fault_has_its_own_finding(settings: Settings, name: str, value: object, finding: str) -> None:
    assert _found(settings, **{name: value}) == [finding]


def test_a_demonstration_on_this_machine_is_sound(settings: Settings) -> None:
    at_home = {"PUBLIC_URL": "http://localhost:8000", "ALLOWED_HOSTS": ["localhost"], "DEBUG": True}

    assert _found(settings, **at_home, ALLOW_LOOPBACK_PLATFORMS=True) == []
