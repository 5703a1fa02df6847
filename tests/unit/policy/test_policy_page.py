"""The alert policy in the open: the rule, the simulation's figures, the calculator."""

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lti_tool.domain.alerting import DEFAULT
from lti_tool.lti.models import Context
from lti_tool.policy.figures import committed
from tests.factories import make_counselor, make_instructor, make_student
from tests.unit.dashboards.conftest import TEACHES, Visit, Visitor, at, course, visit

__all__ = ["at", "course", "visit"]  # the same people and browsers as on the reading pages


def ask(visitor: Visitor, **numbers: str) -> str:
    response = visitor.client.get(visitor.url("policy:page"), numbers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def student(visit: Visit, course: Context) -> Visitor:
    return visit(make_student(course))


def test_students_instructors_and_counselors_may_read_it(
    visit: Visit, course: Context, student: Visitor, at: datetime
) -> None:
    teacher = visit(make_instructor(course), roles=TEACHES)
    counselor = visit(make_counselor(course, at=at))
    for visitor in (student, teacher, counselor):
        assert "What makes an alert</h1>" in visitor.text("policy:page")
    assert 'aria-current="page"' in counselor.text("policy:page")


def test_the_rule_on_the_page_is_the_rule_in_force(student: Visitor) -> None:
    page = student.text("policy:page")
    assert f"At least {DEFAULT.at_least} of the student's last {DEFAULT.of_last} sessions" in page
    assert f"lie {DEFAULT.over.days} days or more apart" in page
    assert f"If they say {DEFAULT.said_low} or less out of 10" in page
    assert DEFAULT.low_above == 0  # "not below their usual" is what the page says
    assert DEFAULT.ask_first  # and that the student is asked first


def test_the_figures_are_shown_with_their_intervals_and_said_to_be_invented(student: Visitor) -> None:
    page = student.text("policy:page")
    found = committed().policies["default"].sensitivity
    assert found is not None
    assert f"{100 * found.value:.0f} % ({100 * found.low:.0f}–{100 * found.high:.0f} %)" in page
    assert "These students do not exist" in page
    assert committed().command in page
    assert len(re.findall(r'<th scope="row">', page)) == len(committed().policies)


def test_the_page_holds_nobodys_record(student: Visitor) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        student.text("policy:page")
    assert not [query for query in queries if "records_" in query["sql"]]


def test_at_ten_percent_three_of_four_alerts_are_false(student: Visitor) -> None:
    page = student.text("policy:page")
    assert "Of 100 alerts, 25 are right and 75 are not." in page
    assert "Of 1,000 people, 100 are tense: 75 of them get an alert, and 25 are missed." in page
    assert "225 who are not tense get an alert, too." in page


def test_the_calculator_works_as_a_plain_form(student: Visitor) -> None:
    page = ask(student, sensitivity="60", specificity="99", prevalence="5")
    assert "Of 100 alerts, 76 are right and 24 are not." in page
    assert 'value="60"' in page
    assert "to check" not in page.lower()


@pytest.mark.parametrize("language", ["en", "es", "zh-hans"])
def test_a_number_is_understood_as_any_reader_writes_it(student: Visitor, language: str) -> None:
    student.client.cookies["attune_language"] = language
    page = ask(student, sensitivity="62,5", specificity="62.5", prevalence="10")
    assert 'value="62,5"' in page
    assert 'value="62.5"' in page
    assert 'aria-invalid="true"' not in page


def test_a_sign_that_never_shows_has_no_worth(student: Visitor) -> None:
    page = ask(student, sensitivity="0", specificity="100", prevalence="5")
    assert "There would be no alert at all." in page


@pytest.mark.parametrize("wrong", ["", "-1", "101", "nan", "much", "1e999", "<script>"])
def test_what_is_no_number_from_0_to_100_is_asked_for_again(student: Visitor, wrong: str) -> None:
    page = ask(student, sensitivity=wrong, specificity="75", prevalence="10")
    assert "Give a number from 0 to 100" in page
    assert 'aria-invalid="true"' in page
    assert "Of 100 alerts, " not in page.split('id="calculator"')[1]
    assert "<script>" not in page.split("<main")[1]
