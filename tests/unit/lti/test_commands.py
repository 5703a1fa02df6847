"""The administrator's commands, in the order in which they are used."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lti_tool.activation.models import Activation
from lti_tool.core.clock import now
from lti_tool.domain.activation import missing_for_sensing
from lti_tool.lti import services
from lti_tool.lti.models import CounselorGrant, Deployment, Registration

pytestmark = pytest.mark.django_db

PLATFORM = ("--issuer=https://moodle.example/lms", "--client-id=abc")
DEPLOYMENT = (*PLATFORM, "--deployment-id=1")
FACTS = (
    "--jurisdiction=elsewhere",
    "--legal-basis=explicit consent",
    "--purpose=early support",
    "--assessment-reference=DPIA-7",
    "--protection-contact=dpo@uni.example",
    "--counselor-contact=help@uni.example",
    "--counselor-hours=9 to 17",
    "--signed-off-by=Head of Services",
    "--record-days=120",
    "--session-days=20",
    "--days=365",
)


def _run(name: str, *arguments: str) -> str:
    said = StringIO()
    call_command(name, *arguments, stdout=said)
    return said.getvalue()


def _register(*more: str) -> str:
    urls = [f"--{kind}-url=https://moodle.example/{kind}" for kind in ("auth-login", "token", "jwks")]
    return _run("register_platform", *PLATFORM, *urls, *more)


def test_a_platform_is_framed_by_its_issuers_origin_unless_told_otherwise() -> None:
    _register()
    assert Registration.objects.get().frame_origins == ["https://moodle.example"]

    _register("--frame-origin=https://a.example", "--frame-origin=https://b.example")
    assert Registration.objects.get().frame_origins == ["https://a.example", "https://b.example"]


def test_a_frame_origin_that_is_none_is_told() -> None:
    with pytest.raises(CommandError, match="is not an origin"):
        _register("--frame-origin=https://a.example/path")


@pytest.mark.parametrize("option", ["--issuer", "--auth-login-url", "--token-url", "--jwks-url"])
def test_an_address_that_a_platform_cannot_have_is_told(option: str) -> None:
    with pytest.raises(CommandError, match="write https://host"):
        _register(f"{option}=http://moodle.example")
    assert not Registration.objects.exists()


def test_registering_again_corrects_what_is_on_record_and_switches_it_on() -> None:
    _register()
    Registration.objects.update(active=False)
    _register("--jwks-url=https://moodle.example/new")

    registration = Registration.objects.get()
    assert (registration.active, registration.jwks_url) == (True, "https://moodle.example/new")


def test_a_registration_link_is_made_on_the_command_line() -> None:
    address = _run("make_registration_link", "--purpose=Moodle", "--names").strip()

    token = address.removeprefix("http://localhost:8000/lti/register/").rstrip("/")
    assert services.find_registration_link(token=token, at=now()).asks_names
    with pytest.raises(CommandError, match="at most 120"):
        _run("make_registration_link", f"--purpose={'x' * 121}")


def test_a_deployment_is_approved_activated_and_has_a_counselor() -> None:
    _register()
    _run("approve_deployment", *DEPLOYMENT)
    said = _run("activate_deployment", *DEPLOYMENT, *FACTS)
    _run("grant_counselor", *DEPLOYMENT, "--sub=42", "--granted-by=Ruth", "--days=30")

    assert "Unlocked." in said
    assert missing_for_sensing(Activation.objects.get(), now()) == ()
    assert CounselorGrant.objects.get().user.sub == "42"


def test_what_is_still_missing_is_said() -> None:
    _register()
    _run("approve_deployment", *DEPLOYMENT)

    said = _run("activate_deployment", *DEPLOYMENT, *FACTS, "--jurisdiction=atlantis", "--days=400")

    assert "Still locked: unknown_jurisdiction, lasts_too_long" in said
    assert Activation.objects.get().is_draft
    assert "Unlocked." in _run("activate_deployment", *DEPLOYMENT, *FACTS)


def test_the_exception_of_the_eu_can_be_recorded_on_the_command_line() -> None:
    _register()
    _run("approve_deployment", *DEPLOYMENT)
    exception = (
        "--exception-kind=medical",
        "--device-identifier=(01)04012345678901",
        "--counsel-name=M. Moss",
    )
    dates = ("--assessment-date=2026-09-01", "--counsel-signed-on=2026-09-02")

    said = _run("activate_deployment", *DEPLOYMENT, *FACTS, "--jurisdiction=DE", *exception)
    assert "Still locked: assessment_date, counsel_signed_on" in said
    said = _run("activate_deployment", *DEPLOYMENT, *FACTS, "--jurisdiction=DE", *exception, *dates)
    assert "Unlocked." in said


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("approve_deployment", DEPLOYMENT),
        ("activate_deployment", (*DEPLOYMENT, *FACTS)),
        ("grant_counselor", (*DEPLOYMENT, "--sub=42", "--granted-by=Ruth", "--days=30")),
    ],
)
def test_an_unknown_platform_is_told(name: str, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="no platform"):
        _run(name, *arguments)


def test_a_grant_for_a_course_nobody_opened_is_told() -> None:
    _register()
    _run("approve_deployment", *DEPLOYMENT)

    with pytest.raises(CommandError, match="not on record"):
        _run("grant_counselor", *DEPLOYMENT, "--sub=42", "--granted-by=Ruth", "--days=30", "--context-id=c9")
    assert Deployment.objects.count() == 1
    assert not CounselorGrant.objects.exists()
