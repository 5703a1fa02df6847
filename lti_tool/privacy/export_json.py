"""A person's own export as plain JSON values (docs/export.md, docs/export.schema.json). Knows no database."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from lti_tool.alerts.models import CaseStep
from lti_tool.alerts.services import OpenedCase
from lti_tool.audit.models import AuditEntry
from lti_tool.audit.services import SYSTEM
from lti_tool.capture.models import CaptureSession, Snippet
from lti_tool.consent.models import Consent
from lti_tool.domain.cases import Step
from lti_tool.domain.remarks import Remark
from lti_tool.lti.models import CounselorGrant, CounselorInvitation, Launch, PlatformUser
from lti_tool.privacy.dossier import CourseDossier, Dossier
from lti_tool.privacy.models import Receipt
from lti_tool.privacy.sealed_receipts import Details
from lti_tool.records.history import History, Observation, OpenedCheckIn
from lti_tool.records.models import EmergencyGrant, MentalHealthFile
from lti_tool.records.summaries import summary_of
from lti_tool.wellbeing.pages import OpenDiary

FORMAT: Final = "attune-own-record"
VERSION: Final = 1
Values = dict[str, Any]

ABOUT: Final[Values] = {
    "score": {
        "unit": "1",
        "lowest": 0,
        "highest": 1,
        "says": "How tense a face looked: an estimate, no diagnosis. What you say of yourself counts more.",
        "method": "Expressions in short runs of webcam pictures, combined into a score by a trained model. "
        "model_version and score_version name the model and the rule.",
    },
    "interval": "low to high: where the score most likely lies (95 %, Student's t over the clear pictures).",
    "level": "The score against your own usual, as it was told when it was measured.",
    "coverage": "The share of pictures that were clear enough, from 0 to 1.",
    "usual": "The median of your sessions' middle scores, and the median distance from it.",
    "check_in": "What you said of yourself: stress from 0 (not tense at all) to 10 (as tense as can be), and "
    "the PHQ-4 where you answered it: four answers from 0 to 3, two sums of two and their total, with the "
    "band of Kroenke et al. 2009, Psychosomatics 50:613-621. No diagnosis.",
    "moments": "RFC 3339, UTC.",
}


def document_of(dossier: Dossier) -> Values:
    """Everything, by course."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": _moment(dossier.at),
        "about": ABOUT,
        "person": _person(dossier.person),
        "courses": [_course(course) for course in dossier.courses],
        "counselor_grants": [_grant(grant) for grant in dossier.grants],
        "counselor_invitations": [_invitation(invitation) for invitation in dossier.invitations],
        "emergencies_as_counselor": [_emergency(emergency) for emergency in dossier.emergencies],
        "audit": [_entry(entry, dossier.person) for entry in dossier.entries],
    }


def _person(person: PlatformUser) -> Values:
    return {
        "platform": person.registration.issuer,
        "platform_id": person.sub,
        "pseudonym": str(person.pseudonym),
        "name": person.name,
        "name_shared": person.name_shared,
    }


def _course(course: CourseDossier) -> Values:
    return {
        "platform_id": course.context.context_id,
        "title": course.context.title,
        "file": _file(course, course.file, course.history) if course.file and course.history else None,
        "cases": [_case(case) for case in course.cases],
        "closed_files": [_closed(file) for file in course.closed_files],
        "capture_sessions": [_capture(session) for session in course.capture],
        "consents": [_consent(consent) for consent in course.consents],
        "receipts": [_receipt(*given) for given in course.receipts],
        "launches": [_launch(launch) for launch in course.launches],
        "calm_corner": _calm_corner(course.diary) if course.diary else None,
        "emergencies": [_emergency(emergency) for emergency in course.emergencies],
    }


def _file(course: CourseDossier, file: MentalHealthFile, history: History) -> Values:
    usual = history.baseline
    return {
        "id": str(file.public_id),
        "opened_at": _moment(file.opened_at),
        "off_list_since": _moment(file.off_list_since),
        "usual": {"median": usual.median, "mad": usual.mad, "sessions": usual.sessions} if usual else None,
        "sessions": [
            {
                "id": str(session_id),
                **_estimate(observations),
                "said": _said(history.remarks.get(session_id), course.said_at.get(session_id)),
                "measurements": [_measurement(observation) for observation in observations],
            }
            for session_id, observations in course.sessions()
        ],
        "check_ins": [_check_in(check_in) for check_in in history.check_ins],
    }


def _estimate(observations: list[Observation]) -> Values:
    """The session as the person's page shows it: its middle score, with that snippet's interval."""
    summary = summary_of(observations)
    return {
        "started_at": _moment(summary.started_at),
        "ended_at": _moment(summary.ended_at),
        "score": summary.score,
        "low": summary.low,
        "high": summary.high,
    }


def _said(remark: Remark | None, at: datetime | None) -> Values | None:
    if remark is None:
        return None
    return {"at": _moment(at), "text": remark.text, "does_not_fit": remark.does_not_fit}


def _check_in(check_in: OpenedCheckIn) -> Values:
    phq4 = check_in.phq4
    return {
        "id": str(check_in.public_id),
        "at": _moment(check_in.at),
        "stress": check_in.stress,
        "phq4": {
            "answers": asdict(phq4),
            "anxiety": phq4.anxiety,
            "depression": phq4.depression,
            "total": phq4.total,
            "band": phq4.band.value,
        }
        if phq4
        else None,
        "shared": check_in.shared.value,
    }


def _case(opened: OpenedCase) -> Values:
    """Everything in it, counselors' notes too: they are about this person."""
    case = opened.case
    return {
        "id": str(case.public_id),
        "began_by": case.origin,
        "state": case.state,
        "opened_at": _moment(case.opened_at),
        "acknowledged_at": _moment(case.acknowledged_at),
        "closed_at": _moment(case.closed_at),
        "closing_reason": case.closing_reason,
        "alerts": [
            {"raised_at": _moment(found.raised_at), "what_persisted": found.pattern}
            for found in opened.findings
        ],
        "said": [{"at": _moment(word.at), "kind": word.kind, "text": word.text} for word in opened.words],
        "notes": [{"at": _moment(note.at), "text": note.text} for note in opened.notes],
        "steps": [_step(step) for step in opened.steps],
    }


def _step(step: CaseStep) -> Values:
    """To whom a case was handed over is a pseudonym of somebody else's: not the person's to have."""
    detail = "" if step.step == Step.HAND_OVER else step.detail
    return {"at": _moment(step.at), "step": step.step, "detail": detail}


def _measurement(observation: Observation) -> Values:
    return {
        "recorded_at": _moment(observation.recorded_at),
        "score": observation.score,
        "low": observation.low,
        "high": observation.high,
        "level": observation.level.value,
        "doubt": observation.doubt.value if observation.doubt else None,
        "coverage": observation.coverage,
        "frames": observation.frames,
        "valid_frames": observation.valid_frames,
        "reasons": dict(observation.reasons),
        "origin": observation.origin.value,
        "model_version": observation.model_version,
        "score_version": observation.score_version,
    }


def _closed(file: MentalHealthFile) -> Values:
    opened, closed = _moment(file.opened_at), _moment(file.closed_at)
    return {"id": str(file.public_id), "opened_at": opened, "closed_at": closed}


def _capture(session: CaptureSession) -> Values:
    return {
        "id": str(session.public_id),
        "started_at": _moment(session.started_at),
        "ended_at": _moment(session.ended_at),
        "end_reason": session.end_reason,
        "snippets": [_snippet(snippet) for snippet in session.snippets.all()],
    }


def _snippet(snippet: Snippet) -> Values:
    return {
        "id": str(snippet.public_id),
        "captured_at": _moment(snippet.captured_at),
        "received_at": _moment(snippet.received_at),
        "finished_at": _moment(snippet.finished_at),
        "state": snippet.state,
        "failure": snippet.failure,
        "frames": snippet.frame_count,
        "bytes": snippet.byte_count,
    }


def _consent(consent: Consent) -> Values:
    return {
        "answer": consent.answer,
        "purposes": list(consent.purposes),
        "shown_by_own_act": consent.shown_by_own_act,
        "adult_confirmed": consent.adult_confirmed,
        "age_asked": consent.age_asked,
        "text_version": consent.text_version,
        "text_hash": consent.text_hash,
        "text_language": consent.text_language,
        "answered_at": _moment(consent.answered_at),
        "withdrawn_at": _moment(consent.withdrawn_at),
    }


def _receipt(receipt: Receipt, details: Details | None) -> Values:
    return {
        "id": str(receipt.public_id),
        "given_at": _moment(receipt.given_at),
        "purpose": details.purpose if details else None,
        "records_destroyed": details.records_destroyed if details else None,
        "snippets_destroyed": details.snippets_destroyed if details else None,
    }


def _launch(launch: Launch) -> Values:
    return {
        "message": launch.message,
        "roles": list(launch.roles),
        "name": launch.name,
        "locale": launch.locale,
        "created_at": _moment(launch.created_at),
        "expires_at": _moment(launch.expires_at),
        "tabs_waiting": len(launch.tab_passes.all()),
        "deep_linking_waits": hasattr(launch, "deep_linking"),
    }


def _calm_corner(diary: OpenDiary) -> Values:
    offers = diary.settings.offers
    return {
        "keeps_answers": diary.settings.keep,
        "answers": [
            {"at": _moment(said.at), "exercise": said.exercise.value, "helped": said.helped.value}
            for said in diary.said
        ],
        "offers_wanted": not offers.off,
        "offers_shown": [_moment(at) for at in offers.shown],
        "offers_answered": [
            {"at": _moment(replied.at), "reply": replied.reply.value} for replied in offers.replies
        ],
    }


def _grant(grant: CounselorGrant) -> Values:
    return {
        "granted_at": _moment(grant.granted_at),
        "expires_at": _moment(grant.expires_at),
        "revoked_at": _moment(grant.revoked_at),
    }


def _emergency(emergency: EmergencyGrant) -> Values:
    """Of somebody else's file it says no more than of one's own: neither whose it was nor who read it."""
    return {
        "granted_at": _moment(emergency.granted_at),
        "expires_at": _moment(emergency.expires_at),
        "ended_at": _moment(emergency.ended_at),
        "first_read_at": _moment(emergency.first_read_at),
        "reason": emergency.reason,
        "reference": emergency.reference,
    }


def _invitation(invitation: CounselorInvitation) -> Values:
    return {
        "created_at": _moment(invitation.created_at),
        "redeemed_at": _moment(invitation.redeemed_at),
        "withdrawn_at": _moment(invitation.withdrawn_at),
    }


def _entry(entry: AuditEntry, person: PlatformUser) -> Values:
    return {
        "number": entry.sequence,
        "at": _moment(entry.at),
        "by": _actor(entry, person),
        "action": entry.action,
        "subject": entry.subject,
        "purpose": entry.purpose,
    }


def _actor(entry: AuditEntry, person: PlatformUser) -> str:
    """Others are told by what they are: their pseudonym is theirs."""
    if entry.actor == str(person.pseudonym):
        return "you"
    return "system" if entry.actor == SYSTEM else "somebody_else"


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
