"""Whatever somebody does to the tables themselves is found, at its place."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lti_tool.audit import selectors
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action, AuditEntry, ChainHead
from lti_tool.audit.verification import Fault, Finding, Place
from tests.factories.times import NOW
from tests.unit.audit.forgery import rewrite_from, rows

pytestmark = pytest.mark.django_db

LENGTH = 9
Tampering = tuple[Callable[[], object], set[int]]
"""What somebody does, and where it may be said to be found."""

HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
FIELDS = {
    "actor": WORDS,
    "action": st.sampled_from([*Action.values, "invented"]),
    "subject": WORDS,
    "purpose": WORDS,
    "previous_hash": HASHES,
    "entry_hash": HASHES,
    "at": st.timedeltas(timedelta(days=-99), timedelta(days=99)).map(lambda shift: NOW + shift),
}
PLACES = st.integers(1, LENGTH)


@contextmanager
def a_chain() -> Iterator[None]:
    """One of LENGTH entries, gone afterwards."""
    with transaction.atomic():
        for number in range(LENGTH):
            at = NOW + timedelta(seconds=number)
            audit.record(actor="system", action=Action.FILE_READ, subject=f"file:{number}", at=at)
        yield
        transaction.set_rollback(True)


def _another_than(value: datetime | str) -> datetime | str:
    return value + timedelta(days=1) if isinstance(value, datetime) else f"{value}!"[-40:]


@st.composite
def changes(draw: st.DrawFn) -> Tampering:
    place, field = draw(PLACES), draw(st.sampled_from(sorted(FIELDS)))
    value = draw(FIELDS[field])

    def change() -> None:
        (before,) = rows(place).values_list(field, flat=True)
        rows(place).update(**{field: _another_than(before) if value == before else value})

    return change, {place}


@st.composite
def removals(draw: st.DrawFn) -> Tampering:
    gone = draw(st.sets(PLACES, min_size=1))
    return lambda: rows(*gone)._raw_delete("default"), {min(gone)}


@st.composite
def renumberings(draw: st.DrawFn) -> Tampering:
    place, number = draw(PLACES), draw(st.sampled_from([0, LENGTH + 1, LENGTH + 7]))
    return lambda: rows(place).update(sequence=number), {min(place, number)}


@st.composite
def swaps(draw: st.DrawFn) -> Tampering:
    one, other = sorted(draw(st.sets(PLACES, min_size=2, max_size=2)))

    def swap() -> None:
        for before, after in ((one, 10**6), (other, one), (10**6, other)):
            rows(before).update(sequence=after)

    return swap, {one}


@st.composite
def additions(draw: st.DrawFn) -> Tampering:
    """Entries with right hashes of their own, behind the end or before the beginning."""
    number = draw(st.sampled_from([0, LENGTH + 1, LENGTH + 2]))

    def add() -> None:
        last = AuditEntry.objects.get(sequence=LENGTH)
        forged = AuditEntry(
            sequence=number, at=NOW, actor="system", action=Action.FILE_READ, subject="file:7"
        )
        forged.previous_hash = last.entry_hash
        forged.entry_hash = forged.expected_hash()
        forged.save()

    return add, {number, min(number, LENGTH + 1)}


@st.composite
def heads(draw: st.DrawFn) -> Tampering:
    known = ChainHead.objects
    number = draw(st.integers(0, LENGTH + 3).filter(lambda number: number != LENGTH))
    return draw(
        st.sampled_from(
            [
                (lambda: known.update(sequence=number), {number, number + 1, LENGTH + 1}),
                (lambda: known.update(entry_hash="f" * 64), {LENGTH}),
                (known.all().delete, {1}),
                (lambda: known.update(id=7), {1}),
            ]
        )
    )


TAMPERINGS = st.one_of(changes(), removals(), renumberings(), swaps(), additions(), heads())
often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(TAMPERINGS)
def test_any_tampering_is_found_at_its_place(tampering: Tampering) -> None:
    tamper, places = tampering
    with a_chain():
        assert audit.verify().finding is None
        tamper()
        found = audit.verify().finding
        assert found is not None
        assert found.sequence in places


@often
@given(TAMPERINGS)
def test_pages_of_any_size_find_the_same(tampering: Tampering) -> None:
    tamper, _ = tampering
    with a_chain(), pytest.MonkeyPatch.context() as patch:
        tamper()
        in_one_page = audit.verify().finding
        patch.setattr(selectors, "PAGE", 2)
        assert audit.verify().finding == in_one_page


def anchored(places: Sequence[int]) -> list[Place]:
    known = AuditEntry.objects.filter(sequence__in=places)
    return [Place(*row) for row in known.values_list("sequence", "entry_hash")]


@often
@given(PLACES, st.sets(PLACES))
def test_a_rewritten_tail_is_found_by_the_first_anchor_behind_its_beginning(
    place: int, anchored_places: set[int]
) -> None:
    with a_chain():
        anchors = anchored(sorted(anchored_places))
        rewrite_from(place)
        assert audit.verify().finding is None, "from inside it cannot be seen: that is what anchors are for"

        walk = audit.verify(anchors=anchors)
        after = [number for number in anchored_places if number >= place]
        before = [number for number in anchored_places if number < place]
        expected = Finding(min(after), Fault.REWRITTEN, since=max(before, default=0)) if after else None
        assert walk.finding == expected


def test_a_cut_off_end_with_a_head_moved_back_is_found_by_an_anchor() -> None:
    with a_chain():
        anchors = anchored([2, LENGTH])
        rows(LENGTH - 1, LENGTH)._raw_delete("default")
        last = AuditEntry.objects.get(sequence=LENGTH - 2)
        ChainHead.objects.update(sequence=last.sequence, entry_hash=last.entry_hash)

        assert audit.verify().finding is None
        found = audit.verify(anchors=anchors).finding
        assert found == Finding(LENGTH - 1, Fault.ANCHOR_BEYOND, since=LENGTH - 2)


def test_from_an_anchor_on_only_what_follows_is_walked() -> None:
    with a_chain():
        (anchor,) = anchored([4])
        rows(2).update(actor="administrator")

        walk = audit.verify(after=anchor)
        assert (walk.finding, walk.checked, walk.last.sequence) == (None, LENGTH - 4, LENGTH)

        wrong = audit.verify(after=anchor._replace(entry_hash="f" * 64)).finding
        assert wrong == Finding(5, Fault.UNLINKED, since=4)


def test_a_beginning_that_another_anchor_contradicts_is_found() -> None:
    with a_chain():
        (anchor,) = anchored([4])
        other = anchor._replace(entry_hash="f" * 64)
        assert audit.verify(after=anchor, anchors=[other]).finding == Finding(4, Fault.REWRITTEN, since=4)


def test_what_cannot_even_be_read_is_found_at_its_place() -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("only SQLite lets anything stand in any column")
    for column, garbage in (
        ("at", "2020-99-99 00:00:00"),
        ("at", "x"),
        ("actor", b"\xff"),
        ("sequence", "x"),
    ):
        with a_chain():
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE audit_auditentry SET {column} = %s WHERE sequence = 5", [garbage])  # noqa: S608
            found = audit.verify().finding
            assert found is not None, column
            assert found.sequence == 5, column
