"""Read the audit chain: is it whole, where does it stand, and was something recorded."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, cast

from django.db.models import Max, Q, QuerySet

from lti_tool.audit.models import HEAD, Action, AuditEntry, ChainHead
from lti_tool.audit.verification import BEGINNING, Entry, Place, Walk

PAGE: Final = 5000
_FAR: Final = 2**62


def head() -> Place:
    """The chain's last entry, as the row knows it that every writer queues at."""
    row = ChainHead.objects.filter(pk=HEAD).first() or ChainHead()
    return Place(_whole(row.sequence, otherwise=0), row.entry_hash)


def verify(*, after: Place = BEGINNING, anchors: Sequence[Place] = ()) -> Walk:
    """Walk the chain from behind `after` to its end, and compare it with anchors from outside.

    Entries are read in pages, so its memory stays the same. Writers go on meanwhile: an entry and the head's
    move to it become visible together, so a head that is read after the highest number is never behind it.
    """
    newest, end = _newest(), head()
    walk = Walk(after, anchors)
    for page in _pages(after, end):
        walk.over(page)
        if walk.finding is not None:
            break
    walk.end_at(end, newest=newest)
    return walk


def was_recorded(*, actor: str, action: Action, subject: str) -> bool:
    """Whether this person did this to this subject before."""
    return AuditEntry.objects.filter(subject=subject, action=action, actor=actor).exists()


def moments_of(
    *, action: Action, subject: str, actor: str = "", since: datetime | None = None
) -> list[datetime]:
    """When this was done to this subject, by anybody or by one person, oldest first."""
    entries = AuditEntry.objects.filter(subject=subject, action=action).order_by("sequence")
    if actor:
        entries = entries.filter(actor=actor)
    if since is not None:
        entries = entries.filter(at__gte=since)
    return list(entries.values_list("at", flat=True))


def last_moments_of(*, action: Action, subjects: Collection[str]) -> dict[str, datetime]:
    """When this was last done to each of these subjects, for those to which it was."""
    entries = AuditEntry.objects.filter(action=action, subject__in=subjects).order_by()
    return dict(entries.values_list("subject").annotate(Max("at")))


def entries_about(*, pseudonym: str, subjects: Sequence[str]) -> "QuerySet[AuditEntry]":
    """What this person did, and what was done to these subjects, in the order in which it was."""
    return AuditEntry.objects.filter(Q(actor=pseudonym) | Q(subject__in=subjects)).order_by("sequence")


def _newest() -> int:
    highest = AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return 0 if highest is None else _whole(highest, otherwise=_FAR)


def _whole(number: object, *, otherwise: int) -> int:
    """A number that somebody may have overwritten with anything, where the database lets them."""
    return number if isinstance(number, int) else otherwise


def _pages(after: Place, end: Place) -> Iterator[Iterable[Entry]]:
    # From the very first row, or somebody could slip one in before it. The primary key parts two of a number.
    key = (after.sequence, _FAR) if after.sequence else (-_FAR, 0)
    wanted = AuditEntry.objects.filter(sequence__lte=end.sequence).order_by("sequence", "pk")
    while True:
        sequence, pk = key
        page = wanted.filter(sequence__gte=sequence).exclude(sequence=sequence, pk__lte=pk)[:PAGE]
        # The numbers first, for the next page's beginning: the entries themselves may not be readable.
        keys = list(page.values_list("sequence", "pk"))
        if not keys:
            return
        yield _entries(page, keys)
        key = keys[-1]


def _entries(page: "QuerySet[AuditEntry]", keys: Sequence[tuple[int, int]]) -> Iterable[Entry]:
    try:
        return [Entry._make(row) for row in page.values_list(*Entry._fields)]
    except ValueError:
        return (_alone(*key) for key in keys)


def _alone(sequence: int, pk: int) -> Entry:
    """One entry of a page in which some moment cannot be read; that one is shown without its fields."""
    try:
        return Entry._make(AuditEntry.objects.values_list(*Entry._fields).get(pk=pk))
    except ValueError:
        return Entry(sequence, cast("datetime", None), "", "", "", "", "", "")
