"""Consents, measurements and histories."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from lti_tool.consent import services as consent
from lti_tool.domain.consent import Purpose
from lti_tool.domain.emergency import EmergencyReason
from lti_tool.domain.stress import Doubt, Level, MeasuredStress
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.history import Observation
from lti_tool.records.models import EmergencyGrant, MentalHealthFile, Origin
from tests.factories.people import make_student
from tests.factories.times import NOW


def measured(score: float | None = 0.3, *, half_width: float = 0.05, **values: object) -> MeasuredStress:
    """A clear measurement of eight frames; `score=None` is one that could not tell."""
    told = score is not None
    defaults: dict[str, object] = {
        "score": score,
        "low": None if score is None else max(0.0, score - half_width),
        "high": None if score is None else min(1.0, score + half_width),
        "frames": 8,
        "valid_frames": 8 if told else 1,
        "coverage": 1.0 if told else 0.125,
        "reasons": {} if told else {"no_face": 7},
        "model_version": "test-model",
        "score_version": "test-score",
    }
    return MeasuredStress(**defaults | values)  # type: ignore[arg-type]


def observed(
    *scores: float | None, session: UUID | None = None, origin: Origin = Origin.MEASURED
) -> list[Observation]:
    """Opened records of one session, a minute apart."""
    session_id = session or uuid.uuid4()
    return [_observation(score, session_id, minute, origin) for minute, score in enumerate(scores)]


def _observation(score: float | None, session_id: UUID, minute: int, origin: Origin) -> Observation:
    told = score is not None
    return Observation(
        recorded_at=NOW + timedelta(minutes=minute),
        session_id=session_id,
        score=score,
        low=None if score is None else score - 0.1,
        high=None if score is None else score + 0.1,
        level=Level.USUAL if told else Level.UNKNOWN,
        doubt=None if told else Doubt.NO_SCORE,
        coverage=1.0,
        valid_frames=8 if told else 0,
        frames=8,
        reasons={} if told else {"no_face": 6, "too_dark": 2},
        origin=origin,
        model_version="m1",
        score_version="s1",
    )


def give_everything(student: PlatformUser, context: Context, *, at: datetime = NOW) -> None:
    """A yes to every purpose."""
    consent.give_consent(
        student=student, context=context, purposes=tuple(Purpose), adult_confirmed=True, at=at
    )


def consenting(
    context: Context, *, purposes: Collection[Purpose] = tuple(Purpose), at: datetime = NOW, name: str = "Ada"
) -> PlatformUser:
    """A student of the course who said yes to these purposes."""
    student = make_student(context, name=name)
    consent.give_consent(student=student, context=context, purposes=purposes, adult_confirmed=True, at=at)
    return student


def history(
    student: PlatformUser,
    context: Context,
    sessions: Sequence[Sequence[float | None]],
    *,
    until: datetime = NOW,
    apart: timedelta = timedelta(days=1),
) -> MentalHealthFile:
    """A file with one session a day, the last `apart` before `until`; ten seconds between its scores."""
    start = until - apart * len(sessions)
    file = records.open_file(student=student, context=context, at=start)
    for number, scores in enumerate(sessions):
        at, session_id = start + apart * number, uuid.uuid4()
        records.refresh_baseline(file=file, at=at)
        for place, score in enumerate(scores):
            moment = at + timedelta(seconds=10 * (place + 1))
            records.append_record(file=file, measured=measured(score), session_id=session_id, at=moment)
    return file


def make_emergency(
    file: MentalHealthFile, reader: PlatformUser, *, at: datetime = NOW, **values: object
) -> EmergencyGrant:
    """A row alone, as an administrator left it half an hour before `at`; nothing was judged."""
    defaults: dict[str, object] = {
        "reason": EmergencyReason.DANGER_TO_OWN_LIFE,
        "reference": "C-2026-118",
        "granted_by": "ruth",
        "granted_at": at - timedelta(minutes=30),
        "expires_at": at + timedelta(hours=3),
    }
    return EmergencyGrant.objects.create(file=file, reader=reader, **defaults | values)
