"""A platform registers the tool by a link: from the pasted address to the first launch, over HTTP."""

import pytest
from django.conf import settings

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import DeploymentState, Registration, RegistrationLink
from lti_tool.lti.protocol.registration_document import LTI_TOOL
from lti_tool.lti.protocol.scopes import NOTICES, ROSTER
from tests.conformance.registrar import Registrar, make_link
from tests.conformance.visitor import Visitor
from tests.platform.roster import Trouble
from tests.platform.tools import Tool
from tests.platform.web.registration import PLATFORM_CONFIGURATION

SPEC = "LTI Dynamic Registration 1.0"


def new_tool(registrar: Registrar) -> Tool:
    return list(registrar.platform.tools.values())[-1]


def launch(registrar: Registrar, tool: Tool) -> int:
    visitor = Visitor(registrar.client, registrar.platform)
    begun = registrar.platform.launch("student", tool=tool)
    form = registrar.platform.answer(begun, visitor.start(begun))
    status: int = registrar.client.post(tool.launch_url, form).status_code
    return status


@pytest.mark.spec(SPEC, "3.5.2")
def test_the_tool_asks_for_two_services_and_a_pseudonym_and_for_nothing_else(registrar: Registrar) -> None:
    registrar.register(make_link())

    (sent,) = registrar.platform.registrations.received
    assert sent["application_type"] == "web"
    assert sent["response_types"] == ["id_token"]
    assert sent["token_endpoint_auth_method"] == "private_key_jwt"
    assert sent["redirect_uris"] == [f"{settings.PUBLIC_URL}/lti/launch/"]
    assert sent["scope"] == f"{ROSTER} {NOTICES}"
    assert sent[LTI_TOOL]["claims"] == ["iss", "sub"]
    assert sent[LTI_TOOL]["domain"] == "localhost:8000"


@pytest.mark.spec(SPEC, "3.6.1")
def test_a_registered_platform_waits_for_its_approval_and_then_launches(registrar: Registrar) -> None:
    assert registrar.register(make_link()).status_code == 200

    tool = new_tool(registrar)
    registration = Registration.objects.get()
    assert (registration.issuer, registration.client_id) == (registrar.platform.issuer, tool.client_id)
    assert registration.active
    assert registration.frame_origins == [registrar.platform.base_url]
    assert registration.product_family == "attune-demo"
    assert registration.deployments.get().state == DeploymentState.PENDING

    assert launch(registrar, tool) == 403
    services.approve_deployment(registration=registration, deployment_id=tool.deployment_id, at=now())
    assert launch(registrar, tool) == 302


@pytest.mark.spec(SPEC, "3.3")
def test_nothing_is_sent_before_somebody_has_read_what_it_is(registrar: Registrar) -> None:
    page = registrar.open(make_link())

    said = page.content.decode()
    assert page.status_code == 200
    assert registrar.platform.issuer in said
    assert ROSTER in said
    assert "No name, no e-mail address." in said
    assert not registrar.platform.registrations.received
    assert not Registration.objects.exists()


def test_the_page_opens_in_whatever_frame_the_platform_has_and_is_kept_by_no_browser(
    registrar: Registrar,
) -> None:
    page = registrar.open(make_link())

    assert "frame-ancestors *" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.spec(SPEC, "3.7")
def test_the_last_page_closes_the_window_by_a_script_of_its_own(registrar: Registrar) -> None:
    said = registrar.register(make_link()).content.decode()

    assert 'src="/static/js/registration/main.js"' in said
    assert "data-close-registration" in said
    assert new_tool(registrar).deployment_id in said


def test_the_link_is_used_up_and_says_for_whom(registrar: Registrar) -> None:
    address = make_link()
    opened = registrar.open(address)
    registrar.press(opened)
    again = registrar.press(opened)

    link = RegistrationLink.objects.get()
    assert link.registration == Registration.objects.get()
    assert again.status_code == 403
    assert b"registration_refused.link_used" in again.content
    assert len(registrar.platform.registrations.received) == 1


def test_who_registered_is_written_down(registrar: Registrar) -> None:
    registrar.register(make_link())

    link = RegistrationLink.objects.get()
    assert list(AuditEntry.objects.values_list("actor", "action")) == [
        (pseudonym_of("ruth"), Action.REGISTRATION_LINK_MADE),
        (f"registration-link:{link.pk}", Action.PLATFORM_REGISTERED),
    ]


def test_names_are_asked_for_where_the_link_says_so(registrar: Registrar) -> None:
    page = registrar.open(make_link(asks_names=True))
    registrar.press(page)

    assert "their name, and their role" in page.content.decode()
    (sent,) = registrar.platform.registrations.received
    assert sent[LTI_TOOL]["claims"] == ["iss", "sub", "name"]


def test_a_platform_family_gets_what_it_wants_beyond_the_specification(registrar: Registrar) -> None:
    lti = {"product_family_code": "canvas", "messages_supported": [{"type": "LtiDeepLinkingRequest"}]}
    registrar.platform.registrations.described[PLATFORM_CONFIGURATION] = lti
    done = registrar.register(make_link())

    (sent,) = registrar.platform.registrations.received
    placements = [message["placements"] for message in sent[LTI_TOOL]["messages"]]
    assert placements == [["course_navigation"], ["link_selection", "assignment_selection"]]
    assert Registration.objects.get().product_family == "canvas"
    assert "a deployment ID exists only then" in done.content.decode()


@pytest.mark.spec(SPEC, "3.6.1")
def test_a_platform_may_install_the_tool_later(registrar: Registrar) -> None:
    registrar.platform.registrations.trouble.append(Trouble(201, '{"client_id": "later"}'))
    said = registrar.register(make_link()).content.decode()

    assert not Registration.objects.get().deployments.exists()
    assert "deployment ID" in said


@pytest.mark.spec(SPEC, "3.7")
def test_a_popup_and_the_window_that_opened_it_stay_in_touch(registrar: Registrar) -> None:
    page = registrar.open(make_link())

    assert page.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert registrar.client.get("/lti/config/").headers["Cross-Origin-Opener-Policy"] == "same-origin"
