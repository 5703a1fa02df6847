"""A chart keeps its numbers for machines as they are; what people read is written as their language does."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.template import Context as Values
from django.template import Template
from django.utils import translation

from lti_tool.dashboards.chart_shapes import Said, Trend, Usual
from lti_tool.dashboards.week_pattern import week_pattern
from lti_tool.dashboards.words import THEIRS, YOURS, Voice, left_out_words
from lti_tool.lti.models import Context
from tests.factories import consenting, history, make_counselor
from tests.unit.dashboards.conftest import Visit
from tests.unit.dashboards.test_chart_geometry import START, trend
from tests.unit.dashboards.test_check_ins_shown import say
from tests.unit.dashboards.test_week_pattern import HOUR, USUAL, session

READ_ALOUD = {"aria-label"}
POINTS = re.compile(r"-?[\d.]+,-?[\d.]+( -?[\d.]+,-?[\d.]+)*")
TENSE = [0.7, 0.72, 0.71]


class Drawings(HTMLParser):
    """Collects the attributes that stand inside of a page's SVGs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.depth = 0
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag == "svg"
        self.handle_startendtag(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth:
            self.attributes += [(name, value or "") for name, value in attrs if name not in READ_ALOUD]

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "svg"


def broken_numbers(page: str) -> list[tuple[str, str]]:
    """Attributes that a browser would misread. In a list of points a comma stands between x and y."""
    attributes = Drawings(page).attributes
    assert attributes, "there is no drawing"
    return [
        (name, value)
        for name, value in attributes
        if not (POINTS.fullmatch(value) if name == "points" else "," not in value)
    ]


def drawn(tag: str, **values: object) -> str:
    with translation.override("es"):
        return Template("{% load charts %}{% " + tag + " %}").render(Values(values))


def trends() -> list[Trend]:
    """With whiskers and a gap; crowded, with a ribbon; with check-ins; the lane alone."""
    apart = trend([3, 30, 1500], unknown=(77,))
    crowded = trend(list(range(0, 2000, 7)))
    said = (Said(START + 5 * HOUR, 7), Said(START + 500 * HOUR, 3))
    with_said = Trend(apart.estimates, (), Usual(0.31, 0.27, 0.35), START, apart.end, apart.now, said)
    only_said = Trend((), (), None, START, apart.end, apart.now, said)
    return [apart, crowded, with_said, only_said]


@pytest.mark.parametrize("shown", trends())
def test_a_chart_in_spanish_is_a_chart(shown: Trend) -> None:
    for whose in ("your", "their"):
        assert broken_numbers(drawn(f'trend_chart trend "0,5" "{whose}"', trend=shown)) == []
    assert broken_numbers(drawn("sparkline trend", trend=trends()[0])) == []


def test_a_week_in_spanish_is_a_week() -> None:
    pattern = week_pattern([session(9), session(33, 0.7), session(40, None)], USUAL, UTC)
    page = drawn("week_chart pattern", pattern=pattern)
    assert broken_numbers(page) == []
    assert "lunes" in page


def test_a_comma_in_a_drawing_would_be_found() -> None:
    line, dot = '<polyline points="1,2 3,4,5" />', '<circle cx="1.5" cy="0,5" />'
    page = f'<p title="1,5"><svg aria-label="0,5">{dot}{line}</svg></p>'
    assert broken_numbers(page) == [("cy", "0,5"), ("points", "1,2 3,4,5")]


def test_the_pages_of_a_record_in_spanish(visit: Visit, course: Context, at: datetime) -> None:
    student = consenting(course, at=at)
    file = history(student, course, [[0.3, 0.31, 0.29]] * 4 + [TENSE], until=at)
    say(student, course, 9, at)
    for person, name, where in (
        (student, "dashboards:mine", {}),
        (make_counselor(course, at=at), "dashboards:student", {"file": file.public_id}),
    ):
        visitor = visit(person)
        visitor.client.cookies["attune_language"] = "es"
        page = visitor.text(name, **where)
        assert '<html lang="es"' in page
        assert broken_numbers(page) == []
        table = page[page.index("<table") :]
        assert "0,71" in table
        assert "0.71" not in table
    listed = visit(make_counselor(course, at=at))
    listed.client.cookies["attune_language"] = "es"
    assert broken_numbers(listed.text("dashboards:caseload")) == []


def test_each_voice_has_whole_sentences_of_its_own() -> None:
    def said(voice: Voice) -> list[str]:
        facts = {"told": 1, "needed": 3, "tense": 1, "recent": 4}
        return [getattr(voice, sentence) % facts for sentence in Voice.__slots__]

    yours, theirs = said(YOURS), said(THEIRS)
    assert all("your usual" in sentence for sentence in yours)
    assert theirs == [sentence.replace("your usual", "their usual") for sentence in yours]


def test_reasons_are_listed_with_their_counts() -> None:
    assert left_out_words({"too_dark": 3, "new_reason": 1}) == "too dark (3), new reason (1)"
