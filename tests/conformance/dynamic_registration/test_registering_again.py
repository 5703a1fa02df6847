"""A platform that registers a second time keeps its name for the tool, and no door opens by it."""

import pytest

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import DeploymentState, Registration
from tests.conformance.registrar import Registrar, make_link

SPEC = "LTI Dynamic Registration 1.0"


@pytest.fixture
def invitation(registrar: Registrar) -> dict[str, str]:
    """The same registration token, so that the platform finds the same client."""
    return {
        "openid_configuration": registrar.platform.configuration_url,
        "registration_token": registrar.platform.registrations.invite(),
    }


@pytest.fixture
def registration(registrar: Registrar, invitation: dict[str, str]) -> Registration:
    """Registered once, its deployment approved."""
    assert registrar.client.post(make_link(), invitation).status_code == 200
    registration = Registration.objects.get()
    for deployment in registration.deployments.all():
        services.set_deployment_state(deployment=deployment, state=DeploymentState.APPROVED, at=now())
    return registration


@pytest.mark.spec(SPEC, "3.6.1")
def test_what_is_on_record_is_corrected(
    registrar: Registrar, invitation: dict[str, str], registration: Registration
) -> None:
    token_url = f"{registrar.platform.base_url}/elsewhere"
    registrar.platform.registrations.described["token_endpoint"] = token_url
    page = registrar.client.post(make_link(), invitation)

    again = Registration.objects.get()
    assert (again.pk, again.token_url) == (registration.pk, token_url)
    assert again.deployments.get().state == DeploymentState.APPROVED
    assert b"it still is" in page.content


def test_a_frame_origin_that_was_added_by_hand_stays(
    registrar: Registrar, invitation: dict[str, str], registration: Registration
) -> None:
    registration.frame_origins.append("https://canvas.school.example")
    services.record_registration(registration=registration, by="ruth", at=now())
    registrar.client.post(make_link(), invitation)

    kept = [registrar.platform.base_url, "https://canvas.school.example"]
    assert Registration.objects.get().frame_origins == kept


def test_a_host_that_the_platform_names_no_more_is_not_trusted_any_longer(
    registrar: Registrar, invitation: dict[str, str], registration: Registration
) -> None:
    described = registrar.platform.registrations.described
    described["authorization_endpoint"] = "https://elsewhere.example/auth"
    registrar.client.post(make_link(), invitation)
    assert "https://elsewhere.example" in Registration.objects.get().frame_origins

    del described["authorization_endpoint"]
    registrar.client.post(make_link(), invitation)
    assert Registration.objects.get().frame_origins == [registrar.platform.base_url]


def test_other_keys_take_another_approval(
    registrar: Registrar, invitation: dict[str, str], registration: Registration
) -> None:
    registrar.platform.registrations.described["jwks_uri"] = f"{registrar.platform.base_url}/other-keys"
    page = registrar.client.post(make_link(), invitation)

    assert registration.deployments.get().state == DeploymentState.SUSPENDED
    assert not Registration.objects.get().believed
    assert b"waits for approval" in page.content


@pytest.mark.parametrize("endpoint", ["authorization_endpoint", "token_endpoint"])
def test_another_host_takes_another_approval(
    registrar: Registrar, invitation: dict[str, str], registration: Registration, endpoint: str
) -> None:
    registrar.platform.registrations.described[endpoint] = "https://elsewhere.example/address"
    registrar.client.post(make_link(), invitation)

    assert registration.deployments.get().state == DeploymentState.SUSPENDED


def test_who_was_switched_off_stays_so(
    registrar: Registrar, invitation: dict[str, str], registration: Registration
) -> None:
    registration.active = False
    services.record_registration(registration=registration, by="ruth", at=now())
    page = registrar.client.post(make_link(), invitation)

    assert not Registration.objects.get().active
    assert b"was switched off in Attune before" in page.content


def test_another_invitation_of_the_same_issuer_is_another_registration(
    registrar: Registrar, registration: Registration
) -> None:
    registrar.register(make_link())

    assert Registration.objects.filter(issuer=registration.issuer).count() == 2
