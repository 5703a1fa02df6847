"""Collect everything that is held of a person, for that person. Each file read is audited, and the whole."""

from datetime import datetime

from django.db import transaction

from lti_tool.alerts import services as alerts
from lti_tool.alerts.selectors import own_cases
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.capture.models import CaptureSession
from lti_tool.consent.models import Consent
from lti_tool.lti.models import Context, CounselorGrant, CounselorInvitation, Launch, PlatformUser
from lti_tool.privacy.dossier import CourseDossier, Dossier
from lti_tool.privacy.holdings import entries_of
from lti_tool.privacy.models import Receipt
from lti_tool.privacy.sealed_receipts import details_of
from lti_tool.privacy.selectors import every_course_of
from lti_tool.records import services as records
from lti_tool.records.models import EmergencyGrant, MentalHealthFile, SessionRemark
from lti_tool.records.selectors import emergencies_about, open_file_of
from lti_tool.wellbeing import services as wellbeing
from lti_tool.wellbeing.pages import OpenDiary
from lti_tool.wellbeing.selectors import diary_of

OWN_EXPORT = "own_export"


@transaction.atomic
def collect(*, person: PlatformUser, form: str, at: datetime) -> Dossier:
    """Open everything of a person's own. `form` is our code for what becomes of it. Raises KeyDestroyed."""
    dossier = Dossier(
        at=at,
        person=person,
        courses=tuple(_course(person, context, at) for context in every_course_of(person)),
        grants=tuple(CounselorGrant.objects.filter(user=person).order_by("granted_at")),
        invitations=tuple(CounselorInvitation.objects.filter(grant__user=person).order_by("created_at")),
        emergencies=tuple(EmergencyGrant.objects.filter(reader=person).order_by("granted_at")),
        entries=tuple(entries_of(person)),
    )
    actor = str(person.pseudonym)
    audit.record(actor=actor, action=Action.OWN_EXPORT, subject=f"person:{actor}", purpose=form, at=at)
    return dossier


def _course(person: PlatformUser, context: Context, at: datetime) -> CourseDossier:
    file, reader = open_file_of(person, context), str(person.pseudonym)
    closed = MentalHealthFile.objects.filter(student=person, context=context).exclude(closed_at=None)
    capture = CaptureSession.objects.of(person, context).prefetch_related("snippets")
    launches = Launch.objects.filter(user=person, context=context)
    receipts = Receipt.objects.filter(student=person, context=context)
    return CourseDossier(
        context=context,
        file=file,
        history=records.read_file(file=file, reader=reader, purpose=OWN_EXPORT, at=at) if file else None,
        said_at=dict(SessionRemark.objects.filter(file=file).values_list("session_id", "written_at")),
        cases=alerts.read_cases(
            cases=list(own_cases(person, context)), reader=person, purpose=OWN_EXPORT, at=at
        ),
        closed_files=tuple(closed.order_by("closed_at")),
        capture=tuple(capture.order_by("started_at")),
        consents=tuple(Consent.objects.of(person, context).order_by("answered_at", "pk")),
        receipts=tuple((receipt, details_of(receipt)) for receipt in receipts.order_by("given_at")),
        launches=tuple(launches.prefetch_related("tab_passes", "deep_linking").order_by("created_at")),
        diary=_diary(person, context, at),
        emergencies=tuple(emergencies_about(person, context)),
    )


def _diary(person: PlatformUser, context: Context, at: datetime) -> OpenDiary | None:
    if diary_of(person, context) is None:
        return None
    return wellbeing.read_diary(student=person, context=context, purpose=OWN_EXPORT, at=at)
