"""What an instructor sees and takes along of activities: the same cells everywhere, and honest sentences."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from pytest_django import Settings

from lti_tool.activation.models import Activation
from lti_tool.dashboards import class_words
from lti_tool.dashboards.class_activities import ActivityCell, PublishedActivity, Shown
from lti_tool.dashboards.class_findings import WORTH_OF_ACTIVITY, Looks
from lti_tool.dashboards.class_picture import PublishedWeek
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context, ResourceLink
from lti_tool.records.models import ActivityWeek, ClassWeek
from tests.factories import EU_EXCEPTION, make_instructor
from tests.unit.dashboards.conftest import TEACHES, Visit, Visitor

FIRST = date(2026, 9, 7)
WEEK = timedelta(weeks=1)
SVG = "{http://www.w3.org/2000/svg}"


def weeks(*tense: int) -> list[PublishedWeek]:
    return [
        PublishedWeek(FIRST + n * WEEK, False, {Level.RAISED: share, Level.USUAL: 90 - share})
        for n, share in enumerate(tense)
    ]


def activity(
    title: str, tenths: int | None, *, difficulty: int | None = None, due: date | None = None
) -> PublishedActivity:
    cell = ActivityCell(Shown.FEW) if tenths is None else ActivityCell(Shown.SHARE, tenths)
    return PublishedActivity(title, difficulty, due, {FIRST: cell})


def said_of(activities: list[PublishedActivity], *tense: int) -> str:
    return " ".join(class_words.sentences(weeks(*(tense or (20,))), activities))


def test_at_most_three_sentences_and_then_how_to_take_them() -> None:
    activities = [activity(f"Lab {n}", n, difficulty=n % 5 + 1) for n in range(1, 9)]
    *hints, last = class_words.sentences(weeks(10, 10, 80, 20), activities)
    assert len(hints) == 3
    assert "a reason to ask, not an answer" in last


def test_the_activity_with_most_tension_is_named_with_its_uncertainty() -> None:
    said = said_of([activity("Lab 4", 6), activity("Lab 3", 2), activity("Lab 2", 2)])
    assert "“Lab 4” had most tension: about 6 in 10 (between 3 and 8 in 10), against 2 in 10" in said
    assert "chance alone can bring" in said


def test_the_more_is_compared_the_higher_the_bar() -> None:
    bars = [
        next(d for d in range(101) if Looks(number).clear(d / 100, WORTH_OF_ACTIVITY))
        for number in (1, 6, 20, 100)
    ]
    assert bars == sorted(set(bars))
    few = [activity("Lab", 8), *(activity(f"{n}", 3) for n in range(2))]
    many = [activity("Lab", 8), *(activity(f"{n}", 3) for n in range(12))]
    assert "seldom chance alone" in said_of(few)
    assert "seldom chance alone" not in said_of(many)


def test_equal_activities_do_not_stand_out() -> None:
    assert "No activity stands out" in said_of([activity(f"Lab {n}", 3) for n in range(4)])


def test_two_activities_are_not_compared() -> None:
    assert "activit" not in said_of([activity("Lab 1", 2), activity("Lab 2", 8)])


def test_the_only_activity_with_enough_above_their_usual_is_named() -> None:
    said = said_of([activity("Lab 4", 4), activity("Lab 3", None), activity("Lab 2", None)])
    assert "“Lab 4” is the only activity" in said


def test_hard_activities_that_are_like_others_are_called_that() -> None:
    labs = [activity(f"Lab {n}", 3, difficulty=n) for n in (1, 2, 4, 5)]
    assert "Activities marked 4 or 5 in difficulty were not different from others." in said_of(labs)


def test_hard_activities_that_differ_are_compared_in_words() -> None:
    labs = [activity(f"Lab {n}", 7 if n > 3 else 2, difficulty=n) for n in (1, 2, 4, 5)]
    said = said_of(labs)
    assert "Activities marked 4 or 5 in difficulty had about 7 in 10, the others 2 in 10." in said


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-8, ""),
        (4, "“Lab 4” was due in it, on 25 September."),
        (11, "It was the week before “Lab 4” was due (2 October)."),
        (14, ""),
    ],
)
def test_the_week_with_most_tension_is_told_with_what_was_due(days: int, words: str) -> None:
    due = FIRST + 2 * WEEK + timedelta(days=days)
    said = said_of([activity("Lab 4", 3, due=due)], 10, 10, 60, 10)
    assert "The week of 21 September had most tension" in said
    assert words in said
    assert ("Lab 4" in said) is bool(words)


@pytest.fixture
def at_last(course: Context, at: datetime) -> date:
    """Three weeks, one of them hidden, and four activities, one of which was placed after the first week."""
    first = (at - timedelta(days=at.weekday(), weeks=3)).date()
    bands: list[dict[str, int]] = [{"usual": 50, "raised": 30, "high": 10}, {}, {"usual": 90}]
    made = [
        ClassWeek.objects.create(
            context=course, week_start=first + n * WEEK, published_at=at, suppressed=not shares, bands=shares
        )
        for n, shares in enumerate(bands)
    ]
    links = [
        ResourceLink.objects.create(context=course, resource_link_id=title, title=title, difficulty=n + 1)
        for n, title in enumerate(("=HYPERLINK(1)", "Lab <4>", "Essay, and “more”", "Quiz"))
    ]
    links[1].due_date = first + timedelta(days=16)
    links[1].save()
    shown: list[list[int | str]] = [[30, "hidden", 50], ["few", "hidden", 70], ["hidden"] * 3]
    for link, cells in zip(links, shown, strict=False):
        for week, cell in zip(made, cells, strict=True):
            above = cell if isinstance(cell, int) else None
            ActivityWeek.objects.create(week=week, activity=link, suppressed=cell == "hidden", above=above)
    ActivityWeek.objects.create(week=made[2], activity=links[3], suppressed=False, above=90)
    return first


class Cells(HTMLParser):
    """The words of the cells of a page's table, row by row, each with the number of rows it spans."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[int, str]]] = []
        self._span, self._within, self._words = 1, "", ""
        self.feed(page[page.index('<table class="weeks">') : page.index("</table>")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self._span, self._words, self._within = int(facts.get("rowspan") or 1), "", tag
        elif tag == "span":
            self._within = (facts.get("class") or "").split()[0]

    def handle_data(self, data: str) -> None:
        if self._within in {"th", "weeks__words"}:
            self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._within = ""
        if tag in {"td", "th"}:
            self.rows[-1].append((self._span, " ".join(self._words.split())))


def in_full(rows: list[list[tuple[int, str]]]) -> Iterator[list[str]]:
    """Every row with every column: what spans several rows stands in each of them."""
    over: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells, line = iter(row), list[str]()
        for column in range(len(rows[0])):
            left, words = over.pop(column, (0, ""))
            span, words = (left, words) if left else next(cells, (1, ""))
            if span > 1:
                over[column] = (span - 1, words)
            line.append(words)
        yield line


def table_of(visitor: Visitor) -> list[list[str]]:
    page = visitor.get("dashboards:class").content.decode()
    return list(in_full([row for row in Cells(page).rows if len(row) > 1]))


def csv_of(visitor: Visitor) -> list[list[str]]:
    answer = visitor.get("dashboards:class_csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_has_the_cells_of_the_page_and_no_other(
    visit: Visit, course: Context, at_last: date
) -> None:
    teacher = visit(make_instructor(course), roles=TEACHES)
    page, file = table_of(teacher), csv_of(teacher)
    assert len(page) == len(file) == 1 + 4 + 4
    assert [row[0].lstrip("'") for row in file[1:]] == [row[0] for row in page[1:]]
    assert [row[3:] for row in file[1:]] == [row[1:] for row in page[1:]]
    assert file[0][3:] == [(at_last + n * WEEK).isoformat() for n in range(3)]
    closed = "too few, or too much alike"
    assert file[1][3:] == ["1 in 10", closed, "not shown"]
    assert [row[3:] for row in file[5:]] == [
        ["3 in 10", "not shown", "5 in 10"],
        ["few or none", "not shown", "7 in 10"],
        ["not shown"] * 3,
        ["no picture", "no picture", "9 in 10"],
    ]


def test_difficulty_and_due_date_stand_beside_an_activity(
    visit: Visit, course: Context, at_last: date
) -> None:
    teacher = visit(make_instructor(course), roles=TEACHES)
    due = at_last + timedelta(days=16)
    page = teacher.text("dashboards:class")
    assert "difficulty 2 of 5" in page
    assert page.count(f"due {due.day} {due:%b}") == 2
    assert csv_of(teacher)[6][:3] == ["Lab <4>", "2", due.isoformat()]


def test_a_title_that_a_spreadsheet_would_run_is_kept_as_text(
    visit: Visit, course: Context, at_last: date
) -> None:
    assert csv_of(visit(make_instructor(course), roles=TEACHES))[5][0] == "'=HYPERLINK(1)"


def test_the_picture_stands_alone_and_has_the_same_cells(
    visit: Visit, course: Context, at_last: date
) -> None:
    teacher = visit(make_instructor(course), roles=TEACHES)
    answer = teacher.get("dashboards:class_svg")
    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    picture = ET.fromstring(answer.content)  # noqa: S314 -- our own
    assert picture.findtext(f"{SVG}title") == "The class by week and activity"
    assert "a reason to ask, not an answer" in (picture.findtext(f"{SVG}desc") or "")
    assert not re.findall(rb"(?:href|src|url\()", answer.content)
    words = [text.text or "" for text in picture.iter(f"{SVG}text")]
    for row in table_of(teacher)[1:]:
        assert all(cell in words or cell in " ".join(words) for cell in row[1:])
    assert "Lab <4>" in words
    triangles = [g for g in picture.iter(f"{SVG}g") if "tenths--raised" in g.get("class", "")]
    assert len(triangles) == 3 + (3 + 5) + 7 + 9


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_in_another_language_dates_of_the_file_and_places_of_the_picture_stay_for_machines(
    visit: Visit, course: Context, at_last: date, settings: Settings, language: str
) -> None:
    teacher = visit(make_instructor(course), roles=TEACHES)
    teacher.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    file = csv_of(teacher)
    assert file[0][3:] == [(at_last + n * WEEK).isoformat() for n in range(3)]
    assert file[6][1:3] == ["2", (at_last + timedelta(days=16)).isoformat()]
    picture = ET.fromstring(teacher.get("dashboards:class_svg").content)  # noqa: S314 -- our own
    assert picture.get("lang") == language
    places = [text.get(axis) or "" for text in picture.iter(f"{SVG}text") for axis in ("x", "y")]
    assert all(place.isdecimal() for place in places)
    assert table_of(teacher)[0][1:] != []


def test_nothing_is_shown_or_given_away_where_no_class_view_is_allowed(
    visit: Visit, course: Context, at_last: date
) -> None:
    teacher = visit(make_instructor(course), roles=TEACHES)
    Activation.objects.update(jurisdiction="FR", **EU_EXCEPTION)
    for page in ("dashboards:class", "dashboards:class_csv", "dashboards:class_svg"):
        assert teacher.get(page).status_code == 403
