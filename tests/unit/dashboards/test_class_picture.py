"""What an instructor sees of a class: bands and words, closed weeks closed, no number of people anywhere."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lti_tool.dashboards import class_words
from lti_tool.dashboards.class_picture import PublishedWeek, picture_of
from lti_tool.domain.stress import Level

FIRST = date(2026, 9, 7)


def week(number: int, *, tense: int = 20, high: int | None = None, suppressed: bool = False) -> PublishedWeek:
    shares = {Level.RAISED: tense, Level.USUAL: 90 - tense} | ({Level.HIGH: high} if high else {})
    return PublishedWeek(FIRST + number * timedelta(weeks=1), suppressed, {} if suppressed else shares)


def test_a_week_that_was_not_published_keeps_its_column() -> None:
    picture = picture_of([week(0), week(2)])
    assert [column.reason for column in picture.columns if not column.open] == ["no picture"]
    assert len(picture.columns) == 3


def test_a_suppressed_week_shows_no_share_of_any_band() -> None:
    picture = picture_of([week(0), week(1, suppressed=True)])
    assert all(row.cells[1][1].tenths is None for row in picture.rows)
    assert picture.columns[1].reason == "too few, or too much alike"


def test_a_hidden_band_is_not_shown_rather_than_zero() -> None:
    picture = picture_of([week(0)])
    top = picture.rows[0].cells[0][1]
    assert (top.level, top.words, top.shapes) == (Level.HIGH, "not shown", ())


def test_each_shape_is_one_tenth() -> None:
    cell = picture_of([week(0, tense=20)]).rows[2].cells[0][1]
    assert (cell.level, cell.tenths, cell.words) == (Level.USUAL, 7, "7 in 10")
    assert [(shape.x, shape.y) for shape in cell.shapes[4:6]] == [(48, 0), (0, 12)]


def test_only_the_last_twelve_weeks_are_columns() -> None:
    assert len(picture_of([week(number) for number in range(20)]).columns) == 12


@given(st.floats(0, 1))
def test_an_interval_holds_its_share_and_stays_between_none_and_all(share: float) -> None:
    low, high = class_words.interval(share)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_more_people_would_make_the_interval_narrower_so_the_fewest_is_the_careful_choice() -> None:
    low, high = class_words.interval(0.4)
    assert all(
        class_words.interval(0.4, people)[1] - class_words.interval(0.4, people)[0] < high - low
        for people in (11, 20, 200)
    )


def test_the_latest_week_is_said_with_its_uncertainty() -> None:
    said = class_words.sentences([week(0), week(1, tense=30, high=10)])[0]
    assert "(14 September), about 4 in 10 showed more tension" in said
    assert "between 1 and 8 in 10" in said


def test_a_hidden_band_above_the_usual_is_owned_up_to() -> None:
    assert "perhaps a few more, too few to show" in class_words.sentences([week(0)])[0]


def test_equal_weeks_do_not_stand_out() -> None:
    assert "No week stands out" in class_words.sentences([week(n) for n in range(4)])[1]


def test_a_difference_that_chance_can_bring_is_called_that() -> None:
    said = class_words.sentences([week(0), week(1), week(2, tense=40), week(3)])[1]
    assert "week of 21 September" in said
    assert "chance alone can bring" in said


def test_a_difference_beyond_chance_is_called_that() -> None:
    said = class_words.sentences(
        [week(0, tense=10), week(1, tense=10), week(2, tense=90), week(3, tense=10)]
    )[1]
    assert "seldom chance alone, even among 4" in said


def test_two_weeks_are_not_compared_and_no_week_says_nothing() -> None:
    assert len(class_words.sentences([week(0), week(1)])) == 2
    assert class_words.sentences([]) == ()
