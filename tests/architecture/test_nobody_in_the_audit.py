"""A term of people with names, and not one of these names in the audit."""

import io
import uuid
from datetime import timedelta

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.capture import services as capture
from lti_tool.consent import services as consent
from lti_tool.domain.checkins import SelfReport, Shared
from lti_tool.domain.exporting import ExportPurpose
from lti_tool.domain.remarks import Remark
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti import services as lti
from lti_tool.lti.models import (
    Context,
    CounselorInvitation,
    Deployment,
    DeploymentState,
    PlatformUser,
    RegistrationLink,
)
from lti_tool.lti.services.newcomers import Newcomer
from lti_tool.privacy import services as privacy
from lti_tool.records import services as records
from lti_tool.records.archive import tool
from lti_tool.records.archive.locks import WithPassphrase
from lti_tool.records.models import StressRecord
from tests import factories as make
from tests.factories.people import INSTRUCTOR
from tests.factories.times import NOW

MARK = "zaphod"
ADMINISTRATOR = f"{MARK}.beeble@university.example"
LATER = NOW + LIFETIMES[Kind.STRESS_RECORD] + timedelta(days=1)


@pytest.mark.django_db
def test_nobody_is_named_in_the_audit_after_a_term() -> None:
    registration = lti.register_platform(
        issuer=f"https://{MARK}.example",
        client_id=MARK,
        auth_login_url=f"https://{MARK}.example/auth",
        token_url=f"https://{MARK}.example/token",
        jwks_url=f"https://{MARK}.example/jwks",
        frame_origins=[f"https://{MARK}.example"],
        by=ADMINISTRATOR,
        at=NOW,
    )
    deployment = make.make_deployment(registration=registration, deployment_id=MARK)
    make.make_activation(deployment)
    context = make.make_context(deployment=deployment, title=MARK, context_id=MARK)
    student = make.make_student(context, name=f"{MARK} Student", sub=f"{MARK}-1")
    _administrate(deployment, context)
    _live_through_a_term(student, context)

    seen = set(AuditEntry.objects.values_list("action", flat=True))
    assert len(seen) > len(Action) / 2
    said = " ".join(map(str, AuditEntry.objects.values_list("actor", "action", "subject", "purpose")))
    assert MARK not in said.lower()
    assert "@" not in said


def _administrate(deployment: Deployment, context: Context) -> None:
    lti.set_deployment_state(deployment=deployment, state=DeploymentState.SUSPENDED, by=ADMINISTRATOR, at=NOW)
    lti.set_deployment_state(deployment=deployment, state=DeploymentState.APPROVED, by=ADMINISTRATOR, at=NOW)
    lti.record_deployment(deployment=deployment, by=ADMINISTRATOR, at=NOW)
    link = RegistrationLink(purpose=f"Platform of {MARK}")
    lti.make_registration_link(link=link, by=ADMINISTRATOR, at=NOW)
    lti.withdraw_registration_link(link=link, by=ADMINISTRATOR, at=NOW)
    invitation = CounselorInvitation(
        deployment=deployment, expires_at=NOW + timedelta(days=1), grant_expires_at=NOW + timedelta(days=90)
    )
    code = lti.invite_counselor(invitation=invitation, by=ADMINISTRATOR, at=NOW)
    newcomer = Newcomer(deployment, MARK, f"{MARK}-2", (INSTRUCTOR,))
    grant = lti.redeem_invitation(code=code, newcomer=newcomer, at=NOW)
    lti.revoke_grant(grant=grant, by=ADMINISTRATOR, at=NOW)
    lti.sign_as_tool(claims={}, at=NOW)
    lti.rotate_tool_keys(at=NOW)


def _live_through_a_term(student: PlatformUser, context: Context) -> None:
    consent.decline(student=student, context=context, at=NOW)
    launch = make.make_launch(student, context, name=f"{MARK} Student")
    make.give_everything(student, context)
    session = capture.start_session(launch=launch, at=NOW)
    file = records.open_file(student=student, context=context, at=NOW)
    records.append_record(file=file, measured=make.measured(), session_id=uuid.uuid4(), at=NOW)
    counselor = make.make_counselor(context, name=f"{MARK} Counselor", sub=f"{MARK}-3")
    records.read_files_in_care(counselor=counselor, context=context, purpose="caseload", at=NOW)
    for shared in Shared:
        check_in = records.keep_check_in(
            student=student, context=context, report=SelfReport(7), shared=shared, at=NOW
        )
    records.read_own_check_in(file=file, public_id=check_in.public_id, at=NOW)
    records.read_for_rule(file=file, at=NOW)
    records.hide_check_ins(file=file, at=NOW)
    records.delete_check_in(file=file, public_id=check_in.public_id, at=NOW)
    said = Remark(f"I am {MARK}", does_not_fit=True)
    (spoken_of,) = file.records.values_list("session_id", flat=True)
    for remark in (said, Remark()):
        records.say_of_session(file=file, session_id=spoken_of, remark=remark, at=NOW)
    privacy.collect(person=student, form="json", at=NOW)
    order = records.Order(counselor, context, ExportPurpose.ASKED_BY_STUDENT, by_command=True)
    words, out = f"{MARK} oyster ladder melon", io.BytesIO()
    records.export_files(order=order, lock=WithPassphrase(words), into=out, at=NOW)
    StressRecord.objects.all().delete()
    opened = tool.open_archive(out.getvalue(), passphrase=words)
    records.import_files(opened=opened, deployment=context.deployment, at=NOW)
    records.read_latest(file=file, session_id=session.public_id, at=NOW)
    capture.stop_session(session=session, at=NOW)
    privacy.withdraw(student=student, context=context, at=NOW)
    privacy.sweep(at=LATER)
