"""Invitations: one person, once, for one place. What a role says does not matter."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.consent import services as consent
from lti_tool.core.clock import now
from lti_tool.domain.access import TEST_USERS
from lti_tool.domain.consent import Purpose
from lti_tool.lti import services
from lti_tool.lti.errors import InvitationProblem, InvitationRefused
from lti_tool.lti.models import (
    Context,
    CounselorGrant,
    CounselorInvitation,
    PlatformUser,
)
from lti_tool.lti.protocol.roles import plain_words
from lti_tool.lti.selectors import active_grant
from lti_tool.lti.services.newcomers import Newcomer
from tests.factories import enter, history, make_context, make_deployment, make_student
from tests.factories.people import INSTRUCTOR, LEARNER
from tests.factories.times import NOW
from tests.platform.people import MENTOR_ROLE

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def context() -> Context:
    return make_context()


def _invite(context: Context, *, everywhere: bool = False, at: datetime = NOW) -> str:
    invitation = CounselorInvitation(
        deployment=context.deployment,
        context=None if everywhere else context,
        expires_at=at + 7 * DAY,
        grant_expires_at=at + 100 * DAY,
    )
    return services.invite_counselor(invitation=invitation, by="ruth", at=at)


def _newcomer(context: Context, sub: str = "daniel", *roles: str) -> Newcomer:
    return Newcomer(context.deployment, context.context_id, sub, roles or (INSTRUCTOR,))


def _problem(code: str, newcomer: Newcomer, at: datetime = NOW) -> InvitationProblem:
    with pytest.raises(InvitationRefused) as refused:
        services.redeem_invitation(code=code, newcomer=newcomer, at=at)
    return refused.value.problem


def test_who_brings_the_code_is_a_counselor_of_the_course_for_the_time_that_was_set(context: Context) -> None:
    grant = services.redeem_invitation(code=f" {_invite(context)}\n", newcomer=_newcomer(context), at=NOW)

    assert (grant.user.sub, grant.context, grant.granted_by) == ("daniel", context, "ruth")
    assert active_grant(grant.user, context, NOW + 99 * DAY) == grant
    assert active_grant(grant.user, context, NOW + 100 * DAY) is None
    elsewhere = make_context(deployment=context.deployment)
    assert active_grant(grant.user, elsewhere, NOW) is None


def test_an_invitation_for_the_whole_deployment_works_from_any_of_its_courses(context: Context) -> None:
    code = _invite(context, everywhere=True)
    unknown_course = Newcomer(context.deployment, "nobody-came-from-here", "daniel", ())

    grant = services.redeem_invitation(code=code, newcomer=unknown_course, at=NOW)

    assert active_grant(grant.user, context, NOW) == grant


def test_only_the_hash_of_a_code_is_kept(context: Context) -> None:
    code = _invite(context)

    assert len(code) >= 24
    assert code not in str(CounselorInvitation.objects.values())
    assert code not in str(AuditEntry.objects.values())


def test_a_code_works_once(context: Context) -> None:
    code = _invite(context)
    services.redeem_invitation(code=code, newcomer=_newcomer(context), at=NOW)

    assert _problem(code, _newcomer(context, "somebody-else")) is InvitationProblem.SPENT
    assert CounselorGrant.objects.count() == 1


def test_of_two_that_hold_the_same_open_invitation_one_is_refused(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = _invite(context)
    opened = CounselorInvitation.objects.get()
    services.redeem_invitation(code=code, newcomer=_newcomer(context), at=NOW)
    # As read by the other request a moment before.
    monkeypatch.setattr("lti_tool.lti.services.invitations._invitation_for", lambda *seen: opened)

    assert _problem(code, _newcomer(context, "somebody-else")) is InvitationProblem.SPENT
    assert CounselorGrant.objects.count() == 1


def test_a_code_is_over_when_its_time_is(context: Context) -> None:
    assert _problem(_invite(context), _newcomer(context), NOW + 7 * DAY) is InvitationProblem.OVER


def test_a_code_that_was_withdrawn_works_no_more(context: Context) -> None:
    code = _invite(context)
    services.withdraw_invitation(invitation=CounselorInvitation.objects.get(), by="ruth", at=NOW)

    assert _problem(code, _newcomer(context)) is InvitationProblem.OVER


def test_a_code_is_good_in_its_own_course_and_platform_only(context: Context) -> None:
    code = _invite(context)
    neighbour = make_context(deployment=context.deployment)
    stranger = make_context(context_id=context.context_id)

    assert _problem(code, _newcomer(neighbour)) is InvitationProblem.ELSEWHERE
    assert _problem(code, _newcomer(stranger)) is InvitationProblem.ELSEWHERE
    assert services.redeem_invitation(code=code, newcomer=_newcomer(context), at=NOW)


@pytest.mark.parametrize("code", ["", "x", "half \ud800", "a\x00b", "x" * 10_000])
def test_a_code_that_nobody_made_is_told(context: Context, code: str) -> None:
    _invite(context)

    assert _problem(code, _newcomer(context, "mentor", MENTOR_ROLE)) is InvitationProblem.UNKNOWN
    assert not PlatformUser.objects.filter(sub="mentor").exists()


@pytest.mark.parametrize("test_user", sorted(TEST_USERS))
def test_a_test_user_cannot_use_a_code(context: Context, test_user: str) -> None:
    code = _invite(context)

    assert _problem(code, _newcomer(context, "test", test_user)) is InvitationProblem.TEST_USER
    assert services.redeem_invitation(code=code, newcomer=_newcomer(context), at=NOW)


def test_who_invited_and_who_came_is_written_down(context: Context) -> None:
    grant = services.redeem_invitation(code=_invite(context), newcomer=_newcomer(context), at=NOW)

    invitation = CounselorInvitation.objects.get()
    assert invitation.grant == grant
    assert list(AuditEntry.objects.values_list("actor", "action", "subject", "purpose")) == [
        (pseudonym_of("ruth"), Action.COUNSELOR_INVITED, f"invitation:{invitation.pk}", ""),
        (
            str(grant.user.pseudonym),
            Action.COUNSELOR_GRANTED,
            f"grant:{grant.pk}:{grant.user.pseudonym}",
            f"invitation:{invitation.pk}",
        ),
    ]


def test_an_invitation_that_was_used_is_not_withdrawn(context: Context) -> None:
    services.redeem_invitation(code=_invite(context), newcomer=_newcomer(context), at=NOW)

    services.withdraw_invitation(invitation=CounselorInvitation.objects.get(), by="ruth", at=NOW)

    assert CounselorInvitation.objects.get().withdrawn_at is None
    assert not AuditEntry.objects.filter(action=Action.COUNSELOR_INVITATION_WITHDRAWN).exists()


def test_an_invitation_stays_within_its_deployment_and_in_the_future(context: Context) -> None:
    foreign = CounselorInvitation(
        deployment=make_deployment(), context=context, expires_at=NOW + DAY, grant_expires_at=NOW + DAY
    )
    past = CounselorInvitation(deployment=context.deployment, expires_at=NOW, grant_expires_at=NOW + DAY)
    longer = CounselorInvitation(
        deployment=context.deployment, expires_at=NOW + 2 * DAY, grant_expires_at=NOW + DAY
    )

    for invitation in (foreign, past, longer):
        with pytest.raises(ValidationError):
            services.invite_counselor(invitation=invitation, by="ruth", at=NOW)


def test_an_instructor_pastes_the_code_under_the_launch_and_is_shown_the_students(context: Context) -> None:
    instructor = enter(make_student(context), context, roles=(INSTRUCTOR,))
    address = instructor.address("lti:invitation")
    assert address in instructor.get(instructor.address("dashboards:class")).content.decode()

    response = instructor.post(address, {"code": _invite(context, at=now())}, follow=True)

    assert response.redirect_chain[-1][0].endswith("/queue/")


def test_a_wrong_code_is_told_beside_the_field_with_the_roles_that_were_received(context: Context) -> None:
    instructor = enter(make_student(context), context, roles=(INSTRUCTOR, MENTOR_ROLE))

    response = instructor.post(instructor.address("lti:invitation"), {"code": "wrong"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "We do not know this code." in page
    assert plain_words([INSTRUCTOR, MENTOR_ROLE]) in page


def test_the_form_under_a_launch_needs_the_secret_of_its_session(context: Context) -> None:
    instructor = enter(make_student(context), context, roles=(INSTRUCTOR,))
    instructor.handler.enforce_csrf_checks = True

    assert instructor.post(instructor.address("lti:invitation"), {"code": "x"}).status_code == 403


def test_a_student_who_becomes_a_counselor_does_not_see_their_own_file(context: Context) -> None:
    at = now()
    both, other = make_student(context, name="Both"), make_student(context, name="Ada Other")
    for student in (both, other):
        consent.give_consent(
            student=student, context=context, purposes=tuple(Purpose), adult_confirmed=True, at=at
        )
    own = history(both, context, [[0.3, 0.3, 0.3]], until=at)
    history(other, context, [[0.3, 0.3, 0.3]], until=at)
    browser = enter(both, context, roles=(LEARNER,))

    browser.post(browser.address("lti:invitation"), {"code": _invite(context, at=at)})

    caseload = browser.get(browser.address("dashboards:caseload")).content.decode()
    assert "Ada Other" in caseload
    assert str(own.public_id) not in caseload
    assert browser.get(browser.address("dashboards:student", file=own.public_id)).status_code == 404


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ruth"))
    return client


def _post(admin: Client, context: Context) -> str:
    soon, later = now() + 7 * DAY, now() + 100 * DAY
    response = admin.post(
        "/admin/lti/counselorinvitation/add/",
        {
            "deployment": context.deployment_id,
            "context": context.pk,
            "expires_at_0": f"{soon:%Y-%m-%d}",
            "expires_at_1": "12:00",
            "grant_expires_at_0": f"{later:%Y-%m-%d}",
            "grant_expires_at_1": "12:00",
        },
    )
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode().partition('<code id="code">')[2].partition("<")[0]


def test_an_administrator_is_shown_the_code_once(admin: Client, context: Context) -> None:
    code = _post(admin, context)

    invitation = CounselorInvitation.objects.get()
    assert invitation.invited_by == "ruth"
    for page in ("", f"{invitation.pk}/change/"):
        shown = admin.get(f"/admin/lti/counselorinvitation/{page}")
        assert shown.status_code == 200
        assert code not in shown.content.decode()
    assert services.redeem_invitation(code=code, newcomer=_newcomer(context), at=now())


def test_an_invitation_is_withdrawn_by_action_and_never_changed_or_deleted(
    admin: Client, context: Context
) -> None:
    code = _post(admin, context)
    invitation = CounselorInvitation.objects.get()

    for page in ("change", "delete"):
        assert admin.post(f"/admin/lti/counselorinvitation/{invitation.pk}/{page}/", {}).status_code == 403
    admin.post("/admin/lti/counselorinvitation/", {"action": "withdraw", "_selected_action": [invitation.pk]})

    assert _problem(code, _newcomer(context), now()) is InvitationProblem.OVER


def _run(context: Context, *more: str) -> str:
    said, registration = StringIO(), context.deployment.registration
    call_command(
        "invite_counselor",
        f"--issuer={registration.issuer}",
        f"--client-id={registration.client_id}",
        f"--deployment-id={context.deployment.deployment_id}",
        "--invited-by=Ruth",
        "--days=30",
        *more,
        stdout=said,
    )
    return said.getvalue()


def test_the_command_shows_a_code_that_works(context: Context) -> None:
    code = _run(context, f"--context-id={context.context_id}").split()[-1]

    grant = services.redeem_invitation(code=code, newcomer=_newcomer(context), at=now())
    assert (grant.context, grant.granted_by) == (context, "Ruth")


def test_the_command_refuses_a_course_nobody_opened_and_times_that_make_no_sense(context: Context) -> None:
    with pytest.raises(CommandError, match="not on record"):
        _run(context, "--context-id=c9")
    with pytest.raises(CommandError, match="must end in the future"):
        _run(context, "--valid-days=31")
