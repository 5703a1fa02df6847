"""Let go of everything whose time is over, kind by kind. The clock and the command line do the same."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import DatabaseError, transaction

from lti_tool.alerts import services as alerts
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.capture import services as capture
from lti_tool.core.errors import AttuneError
from lti_tool.domain.retention import Kind
from lti_tool.lti.models import PlatformUser
from lti_tool.privacy.over import OVER, Rows
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile
from lti_tool.wellbeing import services as wellbeing
from lti_tool.wellbeing.models import Diary

log = logging.getLogger(__name__)

LetGo = Callable[[datetime], int]


class SweepIncomplete(Exception):
    """Some kinds could not be let go; the log says why. The others were."""


class Due(NamedTuple):
    """What would go: how many, and how old the oldest is."""

    kind: Kind
    number: int
    oldest: datetime | None


def due(*, at: datetime) -> Iterator[Due]:
    """What a sweep at this moment would let go of. Changes nothing."""
    for kind, over in OVER.items():
        yield Due(kind, over.count(at), over.oldest(at))


def sweep(*, at: datetime) -> dict[Kind, int]:
    """Let go of every kind, whatever happens with another. Returns how many. Raises SweepIncomplete."""
    gone, failed = {}, []
    for kind in OVER:
        try:
            gone[kind] = sweep_kind(kind, at=at)
        except (DatabaseError, AttuneError):
            log.exception("What is over of %s could not be let go.", kind)
            failed.append(kind)
    if failed:
        raise SweepIncomplete(f"Not let go: {', '.join(failed)}.")
    return gone


def sweep_kind(kind: Kind, *, at: datetime) -> int:
    """Let go of one kind, and write down how much it was. Returns how many."""
    with_care = WITH_CARE.get(kind)
    return with_care(at) if with_care else _delete(kind, at)


@transaction.atomic
def _delete(kind: Kind, at: datetime) -> int:
    return _delete_rows(kind, OVER[kind].rows(at), at)


def _delete_rows(kind: Kind, rows: Rows, at: datetime) -> int:
    count = rows.delete()[1].get(rows.model._meta.label, 0)
    if count:
        subject = kind.value.replace("_", "-")
        audit.record(actor=audit.SYSTEM, action=Action.TIME_OVER, subject=subject, purpose=str(count), at=at)
    return count


def _destroy_empty_files(at: datetime) -> int:
    empty = list(OVER[Kind.EMPTY_FILE].rows(at).values_list("pk", flat=True))
    return sum(_destroy_if_empty(pk, at) for pk in empty)


@transaction.atomic
def _destroy_if_empty(pk: int, at: datetime) -> bool:
    """The person is held first, as where a session starts: a file that is begun again meanwhile stays."""
    PlatformUser.objects.select_for_update(of=("self",)).get(files=pk)
    file: MentalHealthFile | None = OVER[Kind.EMPTY_FILE].rows(at).filter(pk=pk).first()
    if file is None:
        return False
    records.destroy_file(file=file, by=audit.SYSTEM, at=at)
    return True


def _destroy_unused_diaries(at: datetime) -> int:
    unused = list(OVER[Kind.CALM_DIARY].rows(at).values_list("pk", flat=True))
    return sum(_destroy_if_unused(pk, at) for pk in unused)


@transaction.atomic
def _destroy_if_unused(pk: int, at: datetime) -> bool:
    """The person is held first, as where an answer is kept: a diary that was written in meanwhile stays."""
    PlatformUser.objects.select_for_update(of=("self",)).filter(diaries=pk).first()
    diary: Diary | None = OVER[Kind.CALM_DIARY].rows(at).filter(pk=pk).first()
    if diary is None:
        return False
    return wellbeing.destroy_diary(student=diary.student, context=diary.context, by=audit.SYSTEM, at=at)


@transaction.atomic
def _forget_persons(at: datetime) -> int:
    """Hold them, then look again: who came in meanwhile is known by a launch."""
    rows = OVER[Kind.PERSON].rows
    held = list(rows(at).select_for_update().values_list("pk", flat=True))
    return _delete_rows(Kind.PERSON, rows(at).filter(pk__in=held), at)


WITH_CARE: dict[Kind, LetGo] = {
    Kind.FRAMES_IN_SPOOL: lambda at: capture.expire_overdue(at=at),
    Kind.STRESS_RECORD: lambda at: records.delete_old_records(at=at),
    Kind.CASE: lambda at: alerts.delete_old_cases(at=at),
    Kind.EMPTY_FILE: _destroy_empty_files,
    Kind.CLOSED_FILE: lambda at: records.forget_closed_files(OVER[Kind.CLOSED_FILE].rows(at), at=at),
    Kind.CALM_DIARY: _destroy_unused_diaries,
    Kind.PERSON: _forget_persons,
}
"""Kinds for which it takes more than deleting rows."""
