"""A counselor's queue and a case's page: cases, with what was measured beside them where it is shared."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.core.paginator import Page, Paginator

from lti_tool.alerts import selectors, services
from lti_tool.alerts.models import Case, CaseQuerySet
from lti_tool.alerts.services import OpenedCase
from lti_tool.dashboards.services import CASELOAD_WINDOW, STUDENT_PAGE, Record, ready
from lti_tool.dashboards.words import THEIRS
from lti_tool.domain.cases import CaseState, Step, Urgency, Waiting, allowed, queue_key, urgency
from lti_tool.lti.models import Launch, PlatformUser
from lti_tool.records import services as files

CASES_SHOWN = 25
QUEUE = "queue"
IN_ORDER = tuple(Step)


class Show(StrEnum):
    """Which part of the queue."""

    WAITING = "waiting"
    MINE = "mine"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the list, or on its own page. `record` is None where nothing measured is shared."""

    opened: OpenedCase
    urgency: Urgency
    record: Record | None

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.opened.case


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of one part of the queue, and how many there are in each part."""

    show: Show
    rows: tuple[Row, ...]
    page: "Page[int]"
    counts: dict[Show, int]
    changed_at: datetime | None
    is_staffed: bool
    next_opening: datetime | None

    @property
    def generated(self) -> bool:
        """Whether any of it was made up for a demonstration."""
        return any(row.record and row.record.history.generated for row in self.rows)


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case, and what may be done with it now."""

    row: Row
    steps: tuple[Step, ...]
    colleagues: Sequence[PlatformUser]
    is_staffed: bool
    next_opening: datetime | None


def read_queue(*, launch: Launch, show: Show, page: str, at: datetime) -> Queue:
    """What needs a person first comes first. Every case that is shown is opened, and that is written down."""
    deployment = launch.context.deployment
    cases = selectors.cases_in_care(launch.user, deployment, at)
    hours = selectors.desk_of(deployment).staffed_hours()
    shown = Paginator(_in_order(cases, show, launch.user, at), CASES_SHOWN).get_page(page)
    return Queue(
        show=show,
        rows=_rows(launch, list(shown), QUEUE, at),
        page=shown,
        counts={part: _part(cases, part, launch.user).count() for part in Show},
        changed_at=selectors.newest_change(cases),
        is_staffed=hours.is_staffed(at),
        next_opening=hours.next_opening(at),
    )


def read_case_page(*, launch: Launch, public_id: UUID, at: datetime) -> CasePage:
    """One case. Raises CaseMissing."""
    deployment = launch.context.deployment
    case = selectors.case_in_care(launch.user, deployment, public_id, at)
    hours = selectors.desk_of(deployment).staffed_hours()
    possible = allowed(CaseState(case.state))
    return CasePage(
        row=_rows(launch, [case.pk], services.CASE_PAGE, at)[0],
        steps=tuple(step for step in IN_ORDER if step in possible),
        colleagues=selectors.colleagues_in(case.context, at, but=[launch.user_id, case.student_id]),
        is_staffed=hours.is_staffed(at),
        next_opening=hours.next_opening(at),
    )


def _part(cases: CaseQuerySet, show: Show, counselor: PlatformUser) -> CaseQuerySet:
    match show:
        case Show.WAITING:
            return cases.open()
        case Show.MINE:
            return cases.open().filter(owner=counselor)
        case Show.CLOSED:
            return cases.closed()


def _in_order(cases: CaseQuerySet, show: Show, counselor: PlatformUser, at: datetime) -> list[int]:
    """Primary keys. Judging a thousand open cases takes no sealed byte, only what lies open of them."""
    part = _part(cases, show, counselor)
    if show is Show.CLOSED:
        return list(part.values_list("pk", flat=True))
    known = part.values_list("pk", "state", "opened_at", "due_at", "asked_at")
    waiting = {pk: Waiting(CaseState(state), opened, due, asked) for pk, state, opened, due, asked in known}
    return sorted(waiting, key=lambda pk: (queue_key(waiting[pk], at), pk))


def _rows(launch: Launch, chosen: Collection[int], purpose: str, at: datetime) -> tuple[Row, ...]:
    found = Case.objects.select_related("student", "owner", "context__deployment", "data_key").in_bulk(chosen)
    cases = [found[pk] for pk in chosen if pk in found]
    opened = services.read_cases(cases=cases, reader=launch.user, purpose=purpose, at=at)
    records = _records(launch, cases, purpose, at)
    return tuple(
        Row(one, urgency(_waiting(one.case), at), records.get((one.case.student_id, one.case.context_id)))
        for one in opened
    )


def _records(
    launch: Launch, cases: Sequence[Case], purpose: str, at: datetime
) -> dict[tuple[int, int], Record]:
    """What was measured of the students of open cases, where it is shared. Nobody needs it of closed ones."""
    open_ones = [case for case in cases if case.is_open]
    wanted = {(case.student_id, case.context_id) for case in open_ones}
    found = files.read_shared_files(
        counselor=launch.user,
        contexts={case.context for case in open_ones},
        students={case.student_id for case in open_ones},
        purpose=purpose if purpose == QUEUE else STUDENT_PAGE,
        at=at,
        since=at - CASELOAD_WINDOW if purpose == QUEUE else None,
    )
    return {
        pair: ready(file, history, THEIRS, at) for pair, (file, history) in found.items() if pair in wanted
    }


def _waiting(case: Case) -> Waiting:
    return Waiting(CaseState(case.state), case.opened_at, case.due_at, case.asked_at)
