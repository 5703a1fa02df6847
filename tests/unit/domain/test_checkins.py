"""What a student says of themselves: scored as published, and held against the estimate honestly."""

from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.checkins import (
    CLOSE,
    PAIRS_NEEDED,
    Agreement,
    Distress,
    Phq4,
    SelfReport,
    Shared,
    Trust,
    agreement,
    goes_with_record,
    may_be_seen,
    outranking,
    pairs,
    wilson,
)
from lti_tool.domain.jurisdictions import Sharing

START = datetime(2026, 9, 7, 9, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Report:
    at: datetime
    stress: int


@dataclass(frozen=True)
class Session:
    started_at: datetime
    ended_at: datetime
    score: float | None


def report(day: float, stress: int) -> Report:
    return Report(START + day * DAY, stress)


def session(day: float, score: float | None) -> Session:
    return Session(START + day * DAY, START + day * DAY + 20 * MINUTE, score)


ANSWERS = st.integers(0, 3)
PHQ4S = st.builds(Phq4, ANSWERS, ANSWERS, ANSWERS, ANSWERS)


@pytest.mark.parametrize(
    ("answers", "total", "band"),
    [
        ((0, 0, 0, 0), 0, Distress.NORMAL),
        ((1, 1, 0, 0), 2, Distress.NORMAL),
        ((1, 1, 1, 0), 3, Distress.MILD),
        ((2, 1, 1, 1), 5, Distress.MILD),
        ((2, 2, 1, 1), 6, Distress.MODERATE),
        ((2, 2, 2, 2), 8, Distress.MODERATE),
        ((3, 2, 2, 2), 9, Distress.SEVERE),
        ((3, 3, 3, 3), 12, Distress.SEVERE),
    ],
)
def test_the_bands_of_the_phq4_are_those_published(
    answers: tuple[int, int, int, int], total: int, band: Distress
) -> None:
    phq4 = Phq4(*answers)
    assert (phq4.total, phq4.band) == (total, band)


@given(PHQ4S)
def test_two_subscales_make_the_total_and_a_positive_one_deserves_a_word(phq4: Phq4) -> None:
    assert phq4.anxiety == phq4.nervous + phq4.worrying
    assert phq4.total == phq4.anxiety + phq4.depression == sum(astuple(phq4))
    assert phq4.deserves_a_word is (phq4.anxiety >= 3 or phq4.depression >= 3 or phq4.total >= 6)


@pytest.mark.parametrize("wrong", [-1, 4, 11])
def test_what_is_not_on_a_scale_is_no_answer(wrong: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 3"):
        Phq4(0, 0, wrong, 0)
    if not 0 <= wrong <= 10:
        with pytest.raises(ValueError, match="from 0 to 10"):
            SelfReport(wrong)


def test_a_counselor_sees_what_was_shown_and_only_as_long_as_it_is() -> None:
    seen = {(s, r) for s, r in product(Shared, (True, False)) if may_be_seen(s, record_is_shared=r)}
    assert seen == {(Shared.WITH_RECORD, True), (Shared.BY_OWN_ACT, True), (Shared.BY_OWN_ACT, False)}


def test_where_showing_must_begin_with_the_student_nothing_goes_with_the_record() -> None:
    following = {
        (r, s) for r, s in product((True, False), Sharing) if goes_with_record(record_is_shared=r, sharing=s)
    }
    assert following == {(True, Sharing.WITH_CONSENT)}


def test_the_answer_close_to_a_session_comes_before_its_estimate() -> None:
    lecture = session(0, 0.4)
    before, after = report(0, 3), Report(lecture.ended_at + CLOSE, 8)
    assert outranking(lecture, [after]) == after
    assert outranking(lecture, [before, after]) == before
    assert outranking(lecture, [Report(lecture.ended_at + CLOSE + MINUTE, 8)]) is None
    assert outranking(lecture, []) is None


def test_of_two_answers_within_a_session_the_later_counts() -> None:
    lecture = session(0, 0.4)
    first, second = (Report(lecture.started_at + minutes * MINUTE, 5) for minutes in (2, 12))
    assert outranking(lecture, [second, first]) == second


TIMES = st.lists(st.floats(0, 10), max_size=12)


@given(TIMES, TIMES)
def test_nobody_is_paired_twice_and_no_pair_is_far_apart(said: list[float], measured: list[float]) -> None:
    reports, sessions = [report(d, 5) for d in said], [session(d, 0.3) for d in measured]
    found = pairs(reports, sessions)
    assert len(found) <= min(len(reports), len(sessions))
    for one, other in found:
        assert other.started_at - CLOSE <= one.at <= other.ended_at + CLOSE


def test_both_above_or_both_below_their_own_middle_is_the_same_way() -> None:
    said = [1, 9, 2, 8, 5]
    measured = [0.2, 0.5, 0.4, 0.6, 0.3]
    reports = [report(day, stress) for day, stress in enumerate(said)]
    sessions = [session(day, score) for day, score in enumerate(measured)]
    # The middles are 5 and .4: the third estimate and the fifth answer point nowhere.
    assert agreement(reports, sessions) == Agreement(same=3, pairs=3)


def test_what_could_not_be_told_and_what_has_no_partner_is_not_counted() -> None:
    reports = [report(day, stress) for day, stress in enumerate((1, 9, 9))]
    assert agreement(reports, [session(0, None), session(1.5, 0.3)]) == Agreement(0, 0)
    assert agreement([], [session(0, 0.3)]) == agreement(reports, []) == Agreement(0, 0)


SCALED = st.lists(st.tuples(st.integers(0, 10), st.floats(0.01, 0.99)), min_size=1, max_size=30)


@given(SCALED)
def test_turning_the_estimate_round_turns_agreement_into_its_opposite(
    values: list[tuple[int, float]],
) -> None:
    reports = [report(day, stress) for day, (stress, _) in enumerate(values)]
    as_it_was = agreement(reports, [session(day, score) for day, (_, score) in enumerate(values)])
    turned = agreement(reports, [session(day, -score) for day, (_, score) in enumerate(values)])
    assert turned == Agreement(as_it_was.pairs - as_it_was.same, as_it_was.pairs)


@pytest.mark.parametrize(
    ("same", "of", "trust"),
    [
        (0, 0, Trust.TOO_FEW),
        (PAIRS_NEEDED - 1, PAIRS_NEEDED - 1, Trust.TOO_FEW),
        (7, 8, Trust.MOSTLY),
        (6, 8, Trust.SOMETIMES),
        (8, 11, Trust.SOMETIMES),
        (9, 11, Trust.MOSTLY),
        (4, 8, Trust.SELDOM),
        (1, 20, Trust.SELDOM),
    ],
)
def test_weight_must_be_earned(same: int, of: int, trust: Trust) -> None:
    assert Agreement(same, of).trust is trust


def test_the_interval_is_wilsons() -> None:
    # Newcombe 1998, Statistics in Medicine 17:857, table I: 81 of 263 and 15 of 148.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert Agreement(0, 0).interval is None


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_a_share(counts: tuple[int, int]) -> None:
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-9
    assert counts[0] / counts[1] - 1e-9 <= high <= 1
