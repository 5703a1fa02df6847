"""Learn a person's usual from their finished sessions. Judges nobody: the rules are in domain.baseline."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from lti_tool.activation.selectors import over_since_in
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.remarks import counts
from lti_tool.domain.retention import Kind
from lti_tool.records.models import Baseline, MentalHealthFile, SealedSummary, SessionRemark
from lti_tool.records.sealed import open_baseline, seal_baseline
from lti_tool.records.sealed_remarks import open_remarks
from lti_tool.records.sealed_summaries import open_sessions
from lti_tool.records.selectors import audit_subject
from lti_tool.records.services.files import lock
from lti_tool.records.sessions import SessionMedians
from lti_tool.records.summaries import SessionSummary
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey

# A measurement may be appended some time after its snippet was taken.
LATE = timedelta(days=1)


@transaction.atomic
def refresh_baseline(*, file: MentalHealthFile, at: datetime) -> BaselineValues | None:
    """Bring the usual up to date with every session over before `at`. None while it is still being learned.

    Called when a session starts: within a session the usual does not move.
    """
    held = lock(file)
    key = vault.open_data_key(held.data_key)
    known = Baseline.objects.filter(file=held).first()
    medians = open_baseline(known.sealed, held, key) if known else SessionMedians({})
    since = known.updated_at - LATE if known else None
    medians = medians.with_sessions(_sessions(held, key, since, at))
    medians = medians.since(_over_since(held, at)).without(not_fitting(held, key))
    sealed = seal_baseline(medians, held, key)
    Baseline.objects.update_or_create(file=held, defaults={"updated_at": at, "sealed": sealed})
    audit.record(actor=audit.SYSTEM, action=Action.BASELINE_REFRESHED, subject=audit_subject(held), at=at)
    return medians.values()


@transaction.atomic
def forget_old_sessions(*, file: MentalHealthFile, at: datetime) -> bool:
    """Drop sessions whose records have lived their time from the usual. Returns whether there were any.

    A usual of which nothing is left goes altogether. Raises KeyDestroyed, WrongKey.
    """
    held = lock(file)
    key = vault.open_data_key(held.data_key)
    known = Baseline.objects.filter(file=held).first()
    medians = open_baseline(known.sealed, held, key) if known else SessionMedians({})
    kept = medians.since(_over_since(held, at))
    if known is None or kept == medians:
        return False
    _keep(known, kept, held, key)
    audit.record(actor=audit.SYSTEM, action=Action.BASELINE_REFRESHED, subject=audit_subject(held), at=at)
    return True


def reconsider_session(file: MentalHealthFile, key: SecretKey, session_id: UUID) -> None:
    """Take a session into the usual or out of it, as what its student says of it now decides.

    The caller holds the file. A session that is not learned from yet is asked about when it is.
    """
    known = Baseline.objects.filter(file=file).first()
    if known is None:
        return
    own = SealedSummary.objects.before(known.updated_at).filter(session_id=session_id)
    medians = open_baseline(known.sealed, file, key).with_sessions(open_sessions(own, {file: key})[file.pk])
    _keep(known, medians.without(not_fitting(file, key)), file, key)


def not_fitting(file: MentalHealthFile, key: SecretKey) -> set[UUID]:
    """Sessions of which the student says that they do not fit. Raises SealBroken."""
    remarks = open_remarks(SessionRemark.objects.filter(file=file), file, key)
    return {session_id for session_id, remark in remarks.items() if not counts(remark)}


def _over_since(file: MentalHealthFile, at: datetime) -> datetime:
    return over_since_in(file.context.deployment_id, Kind.STRESS_RECORD, at)


def _keep(known: Baseline, medians: SessionMedians, file: MentalHealthFile, key: SecretKey) -> None:
    # `updated_at` stays: what has been recorded since then is still to be learned from.
    if medians.by_session:
        known.sealed = seal_baseline(medians, file, key)
        known.save(update_fields=["sealed"])
    else:
        known.delete()


def baseline_of(file: MentalHealthFile, key: SecretKey) -> BaselineValues | None:
    """The usual as it was when the current session began."""
    known = Baseline.objects.filter(file=file).first()
    return open_baseline(known.sealed, file, key).values() if known else None


def learned_of(file: MentalHealthFile, key: SecretKey) -> tuple[datetime, SessionMedians] | None:
    """What the usual is made from, and until when it was learned."""
    known = Baseline.objects.filter(file=file).first()
    return (known.updated_at, open_baseline(known.sealed, file, key)) if known else None


def keep_learned(
    file: MentalHealthFile, key: SecretKey, medians: SessionMedians, *, updated_at: datetime
) -> None:
    """What was learned elsewhere. What has lived its time here is the caller's to leave out."""
    sealed = seal_baseline(medians, file, key)
    Baseline.objects.update_or_create(file=file, defaults={"updated_at": updated_at, "sealed": sealed})


def baselines_of(keys: Mapping[MentalHealthFile, SecretKey]) -> dict[int, BaselineValues | None]:
    """The usual of each file's student, by the file's primary key, in one query."""
    known = Baseline.objects.filter(file__in=keys).in_bulk(field_name="file_id")
    return {
        file.pk: open_baseline(known[file.pk].sealed, file, key).values() if file.pk in known else None
        for file, key in keys.items()
    }


def _sessions(
    file: MentalHealthFile, key: SecretKey, since: datetime | None, at: datetime
) -> tuple[SessionSummary, ...]:
    """Sessions that went on after `since` and are over."""
    summaries = SealedSummary.objects.since(since).before(at)
    return open_sessions(summaries, {file: key})[file.pk]
