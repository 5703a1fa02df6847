"""The administrator's pages."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db.models import Model
from django.test import Client

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import (
    CounselorGrant,
    CounselorInvitation,
    Deployment,
    DeploymentState,
    Registration,
    RegistrationLink,
)
from tests.factories import (
    make_context,
    make_counselor,
    make_deployment,
    make_registration,
    make_student,
)

pytestmark = pytest.mark.django_db

ROWS = [
    "registration",
    "registrationlink",
    "deployment",
    "counselorgrant",
    "platformuser",
    "context",
    "counselorinvitation",
]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ruth"))
    return client


@pytest.mark.parametrize("row", ROWS)
def test_every_list_opens(admin: Client, row: str) -> None:
    make_counselor(make_context())

    assert admin.get(f"/admin/lti/{row}/").status_code == 200


@pytest.mark.parametrize("row", ["launch", "toolkey", "loginattempt", "tabpass", "deeplinkingrequest"])
def test_launches_and_keys_stay_closed(admin: Client, row: str) -> None:
    assert admin.get(f"/admin/lti/{row}/").status_code == 404


def test_the_administration_is_shown_in_no_frame(admin: Client) -> None:
    assert "frame-ancestors 'none'" in admin.get("/admin/").headers["Content-Security-Policy"]


PLATFORM = {
    "issuer": "https://moodle.example",
    "client_id": "abc",
    "auth_login_url": "https://moodle.example/auth",
    "token_url": "https://moodle.example/token",
    "jwks_url": "https://moodle.example/jwks",
    "frame_origins": '["https://moodle.example"]',
    "active": "on",
    "believed": "on",
    "deployments-TOTAL_FORMS": "1",
    "deployments-INITIAL_FORMS": "0",
    "deployments-0-deployment_id": "1",
    "deployments-0-state": "approved",
}


def _written_down() -> list[tuple[str, str, str]]:
    return list(AuditEntry.objects.values_list("actor", "action", "purpose"))


def test_a_platform_is_registered_with_its_deployment_which_waits_for_approval(admin: Client) -> None:
    response = admin.post("/admin/lti/registration/add/", PLATFORM)

    assert response.status_code == 302
    assert Registration.objects.get().deployments.get().state == DeploymentState.PENDING


@pytest.mark.parametrize("field", ["issuer", "auth_login_url", "token_url", "jwks_url"])
def test_the_form_takes_the_same_addresses_as_the_command(admin: Client, field: str) -> None:
    response = admin.post("/admin/lti/registration/add/", PLATFORM | {field: "http://moodle.example"})

    assert "write https://host" in response.content.decode()
    assert not Registration.objects.exists()


def test_a_platform_that_is_registered_or_switched_off_is_written_down(admin: Client) -> None:
    admin.post("/admin/lti/registration/add/", PLATFORM)
    registration = Registration.objects.get()
    off = {name: value for name, value in PLATFORM.items() if name != "active"}
    admin.post(f"/admin/lti/registration/{registration.pk}/change/", off | {"deployments-TOTAL_FORMS": "0"})

    registration.refresh_from_db()
    assert not registration.active
    assert _written_down() == [
        (pseudonym_of("ruth"), Action.PLATFORM_REGISTERED, "active"),
        (pseudonym_of("ruth"), Action.PLATFORM_REGISTERED, "switched off"),
    ]


@pytest.mark.parametrize(("family", "told"), [("moodle", "non-editing teachers"), ("", "Nothing special.")])
def test_an_administrator_reads_what_is_worth_knowing_of_a_platform(
    admin: Client, family: str, told: str
) -> None:
    registration = make_registration(product_family=family)

    assert told in admin.get(f"/admin/lti/registration/{registration.pk}/change/").content.decode()


def test_no_form_changes_the_state_of_a_deployment_or_what_it_is_called(admin: Client) -> None:
    deployment = make_deployment(state=DeploymentState.PENDING)
    fields = {
        "deployment_id": "another",
        "state": "approved",
        "snippet_frames": 8,
        "snippet_seconds": 2,
        "snippet_interval_s": 20,
    }

    assert admin.post(f"/admin/lti/deployment/{deployment.pk}/change/", fields).status_code == 302

    changed = Deployment.objects.get()
    assert (changed.state, changed.deployment_id) == (DeploymentState.PENDING, deployment.deployment_id)
    assert changed.snippet_interval_s == 20
    assert _written_down() == [(pseudonym_of("ruth"), Action.DEPLOYMENT_CHANGED, "")]


@pytest.mark.parametrize("row", ["registration", "deployment"])
def test_what_opened_a_door_is_not_deleted(admin: Client, row: str) -> None:
    deployment = make_deployment()
    rows = {"deployment": deployment, "registration": deployment.registration}

    assert admin.post(f"/admin/lti/{row}/{rows[row].pk}/delete/", {"post": "yes"}).status_code == 403


def test_deployments_are_approved_and_suspended_by_action(admin: Client) -> None:
    deployment = make_deployment(state=DeploymentState.PENDING)

    for action, state in (("approve", "approved"), ("suspend", "suspended")):
        admin.post("/admin/lti/deployment/", {"action": action, "_selected_action": [deployment.pk]})
        assert Deployment.objects.get().state == state


def _grant(admin: Client, **fields: object) -> None:
    later = now() + timedelta(days=30)
    admin.post(
        "/admin/lti/counselorgrant/add/",
        {"context": "", "expires_at_0": f"{later:%Y-%m-%d}", "expires_at_1": "12:00", **fields},
    )


def test_a_grant_notes_who_made_it(admin: Client) -> None:
    context = make_context()
    person = make_student(context)

    _grant(admin, user=person.pk, deployment=context.deployment.pk)

    assert CounselorGrant.objects.get(user=person).granted_by == "ruth"


def test_what_an_administrator_decides_is_written_down(admin: Client) -> None:
    context = make_context()
    _grant(admin, user=make_student(context).pk, deployment=context.deployment.pk)
    for action, row in (("revoke", CounselorGrant.objects.get()), ("suspend", context.deployment)):
        kind = row._meta.model_name
        admin.post(f"/admin/lti/{kind}/", {"action": action, "_selected_action": [row.pk]})

    by_ruth = AuditEntry.objects.filter(actor=pseudonym_of("ruth")).values_list("action", flat=True)
    assert list(by_ruth) == [Action.COUNSELOR_GRANTED, Action.COUNSELOR_REVOKED, Action.DEPLOYMENT_SUSPENDED]


def test_a_grant_stays_within_one_platform(admin: Client) -> None:
    person = make_student(make_context())

    _grant(admin, user=person.pk, deployment=make_deployment(registration=make_registration()).pk)
    _grant(
        admin,
        user=person.pk,
        deployment=make_deployment(registration=person.registration).pk,
        context=make_context().pk,
    )

    assert not CounselorGrant.objects.exists()


def test_a_grant_is_revoked_and_not_deleted(admin: Client) -> None:
    make_counselor(make_context())
    grant = CounselorGrant.objects.get()

    admin.post("/admin/lti/counselorgrant/", {"action": "revoke", "_selected_action": [grant.pk]})

    grant.refresh_from_db()
    assert grant.revoked_at is not None
    assert admin.post(f"/admin/lti/counselorgrant/{grant.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("row", "action"),
    [
        ("deployment", "approve"),
        ("deployment", "suspend"),
        ("counselorgrant", "revoke"),
        ("counselorinvitation", "withdraw"),
        ("registrationlink", "withdraw"),
    ],
)
def test_who_may_only_look_is_offered_no_action(client: Client, row: str, action: str) -> None:
    looker = User.objects.create_user("lena", is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename=f"view_{row}"))
    client.force_login(looker)
    chosen = {"action": action, "_selected_action": str(_one_of(row).pk), "index": "0"}
    before = _written_down()

    page = client.get(f"/admin/lti/{row}/")
    client.post(f"/admin/lti/{row}/", chosen)

    assert page.status_code == 200
    assert f'value="{action}"' not in page.content.decode()
    assert _written_down() == before

    looker.user_permissions.add(Permission.objects.get(codename=f"change_{row}"))
    assert f'value="{action}"' in client.get(f"/admin/lti/{row}/").content.decode()
    client.post(f"/admin/lti/{row}/", chosen)
    assert len(_written_down()) == len(before) + 1


def _one_of(row: str) -> Model:
    """A row of that kind on which every action of its list has an effect."""
    at, context = now(), make_context()
    make_counselor(context)
    rows = {
        "deployment": context.deployment,
        "counselorgrant": CounselorGrant.objects.get(),
        "counselorinvitation": CounselorInvitation(
            deployment=context.deployment,
            grant_expires_at=at + timedelta(days=9),
            expires_at=at + timedelta(days=7),
        ),
        "registrationlink": RegistrationLink(purpose="the law school"),
    }
    found = rows[row]
    if isinstance(found, CounselorInvitation):
        services.invite_counselor(invitation=found, by="ruth", at=at)
    if isinstance(found, RegistrationLink):
        services.make_registration_link(link=found, by="ruth", at=at)
    return found
