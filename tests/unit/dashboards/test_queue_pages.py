"""The queue and a case: what stands first, who gets in, what is done, and what the student sees of it."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from pytest_django import Settings

from lti_tool.alerts import services
from lti_tool.alerts.models import Case, CounselorAddress
from lti_tool.domain.alerting import Pattern, SessionLevel
from lti_tool.domain.cases import CaseState, ClosingReason
from lti_tool.domain.consent import Purpose
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import MentalHealthFile
from tests.factories import consenting, history, make_context, make_counselor, make_student
from tests.unit.dashboards.conftest import TEACHES, Visit, Visitor
from tests.unit.dashboards.test_query_counts import queries

SESSION = [0.3, 0.31, 0.29]


def persists(at: datetime) -> Pattern:
    sessions = tuple(
        SessionLevel(f"s{day}", at - timedelta(days=day), at - timedelta(days=day), Level.RAISED, 1.0)
        for day in (9, 4, 1)
    )
    return Pattern(sessions, looked_at=5)


def raised(course: Context, at: datetime, *, name: str = "Ada") -> tuple[MentalHealthFile, Case]:
    file = history(consenting(course, at=at - timedelta(days=30), name=name), course, [SESSION] * 3, until=at)
    return file, services.raise_alert(file=file, pattern=persists(at), at=at)


def asked(course: Context, at: datetime, *, name: str = "Bo", text: str = "Please") -> Case:
    return services.ask_for_contact(
        student=make_student(course, name=""), context=course, name=name, text=text, at=at
    )


@pytest.fixture
def counselor(course: Context, at: datetime) -> PlatformUser:
    return make_counselor(course, at=at)


def test_who_asked_stands_before_what_persists(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime
) -> None:
    raised(course, at - timedelta(hours=2))
    asked(course, at - timedelta(hours=1), name="Bo Lind")
    text = visit(counselor).text("dashboards:queue")
    assert text.index("Bo Lind") < text.index(">Ada<")


def test_a_case_goes_its_way_from_new_to_closed(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime
) -> None:
    _, case = raised(course, at)
    visitor = visit(counselor)
    for step, detail in (("acknowledge", ""), ("contact", "phone"), ("close", "helped")):
        address = visitor.url("alerts:step", case=case.public_id)
        assert visitor.client.post(address, {"step": step, "detail": detail}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.closing_reason, case.owner) == (CaseState.CLOSED, "helped", counselor)
    text = visitor.text("dashboards:case", case=case.public_id)
    assert "made contact: by telephone" in text
    assert "Take it up again" in text


@pytest.mark.parametrize(
    "fields", [{"step": "contact"}, {"step": "close", "detail": "phone"}, {"step": "fly"}]
)
def test_a_step_that_lacks_its_word_changes_nothing(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime, fields: dict[str, str]
) -> None:
    _, case = raised(course, at)
    visitor = visit(counselor)
    answer = visitor.client.post(visitor.url("alerts:step", case=case.public_id), fields)
    assert answer.status_code == 400
    assert case.steps.count() == 0


def test_a_note_is_on_the_case_and_nowhere_on_the_students_page(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime
) -> None:
    file, case = raised(course, at)
    visitor = visit(counselor)
    visitor.client.post(visitor.url("alerts:note", case=case.public_id), {"text": "Walked with her."})
    assert "Walked with her." in visitor.text("dashboards:case", case=case.public_id)
    own = visit(file.student).text("dashboards:mine")
    assert "Your counselors were told" in own
    assert "Walked with her." not in own


def test_a_student_sees_a_case_at_once_and_can_say_that_it_does_not_fit(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime
) -> None:
    file, case = raised(course, at)
    student = visit(file.student)
    address = student.url("alerts:say", case=case.public_id)
    student.client.post(address, {"kind": "contest", "text": "I was coughing."})
    assert "They say: this does not fit me." in visit(counselor).text("dashboards:queue")
    assert "I was coughing." in student.text("dashboards:mine")


def test_anybody_may_ask_for_contact_and_shares_nothing_else_by_it(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime
) -> None:
    student = consenting(course, at=at - timedelta(days=9), purposes=[Purpose.CAMERA], name="")
    history(student, course, [SESSION] * 3, until=at)
    own = visit(student)
    own.client.post(own.url("alerts:ask"), {"text": "Thursday, after class"})
    case = Case.objects.get()
    text = visit(counselor).text("dashboards:case", case=case.public_id)
    assert "Thursday, after class" in text
    assert "The student shows you no measurements." in text
    assert "What was measured" not in text


@pytest.mark.parametrize("name", ["dashboards:queue", "alerts:notices", "alerts:changes"])
@pytest.mark.parametrize("roles", [TEACHES, ("Learner",)])
def test_nobody_but_counselors_sees_the_queue(
    visit: Visit, course: Context, name: str, roles: tuple[str, ...]
) -> None:
    assert visit(make_student(course), roles=roles).get(name).status_code == 403


def test_a_counselor_sees_neither_their_own_case_nor_one_of_another_course(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime
) -> None:
    own = services.ask_for_contact(student=counselor, context=course, name="Cora", text="", at=at)
    elsewhere = make_context(deployment=course.deployment, context_id="other")
    _, other = raised(elsewhere, at, name="Eve")
    visitor = visit(counselor)
    for case in (own, other):
        assert visitor.get("dashboards:case", case=case.public_id).status_code == 404
    assert "Nothing waits here" in visitor.text("dashboards:queue")


def test_an_open_page_learns_that_something_changed(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime
) -> None:
    visitor = visit(counselor)
    before = visitor.client.get(visitor.url("alerts:changes")).json()["changed_at"]
    asked(course, at)
    assert visitor.client.get(visitor.url("alerts:changes")).json()["changed_at"] != before


def test_an_address_is_kept_and_given_up(visit: Visit, course: Context, counselor: PlatformUser) -> None:
    visitor = visit(counselor)
    visitor.client.post(visitor.url("alerts:notices"), {"email": "cora@example.org", "only_digest": "on"})
    assert CounselorAddress.objects.get().only_digest
    wrong = visitor.client.post(visitor.url("alerts:notices"), {"email": "cora at example"})
    assert wrong.status_code == 400
    visitor.client.post(visitor.url("alerts:notices"), {"email": ""})
    assert not CounselorAddress.objects.exists()


def test_messages_come_in_the_language_in_which_the_address_was_saved_last(
    visit: Visit, course: Context, counselor: PlatformUser, settings: Settings
) -> None:
    visitor = visit(counselor)
    for language in ("es", "zh-hans"):
        visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        visitor.client.post(visitor.url("alerts:notices"), {"email": "cora@example.org"})
        assert CounselorAddress.objects.get().language == language


def test_who_closed_a_case_is_said_also_where_nobody_did(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime
) -> None:
    _, case = raised(course, at)
    services.close(case=case, by=None, reason=ClosingReason.WITHDRAWN, at=at)
    text = visit(counselor).text("dashboards:case", case=case.public_id)
    assert "Attune closed it: the student took their consent back" in text


def test_queue_and_case_are_read_in_other_languages(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime, settings: Settings
) -> None:
    _, case = raised(course, at)
    visitor = visit(counselor)
    pages = (visitor.url("dashboards:queue"), visitor.url("dashboards:case", case=case.public_id))
    for language, address in product(("es", "zh-hans"), pages):
        visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = visitor.client.get(address)
        assert (answer.status_code, answer.headers["Content-Language"]) == (200, language)
        assert b"&lt;time" not in answer.content


def shown_queries(visitor: Visitor, part: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        visitor.client.get(visitor.url("dashboards:queue") + f"?show={part}")
    return len(captured)


@pytest.mark.parametrize("part", ["waiting", "closed"])
def test_the_queue_asks_as_often_for_thirty_cases_as_for_two(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime, part: str
) -> None:
    visitor = visit(counselor)

    def begin(number: int) -> None:
        for _ in range(number):
            raised(course, at)
            asked(course, at)
            if part == "closed":
                for one in Case.objects.open():
                    services.close(case=one, by=counselor, reason=ClosingReason.OTHER, at=at)

    begin(1)
    shown_queries(visitor, part)
    few = shown_queries(visitor, part)
    begin(14)
    assert shown_queries(visitor, part) == few


def test_one_case_asks_as_often_with_a_term_of_sessions_as_with_three(
    visit: Visit, course: Context, counselor: PlatformUser, at: datetime
) -> None:
    _, little = raised(course, at)
    file = history(consenting(course, at=at, name="Mo"), course, [SESSION] * 20, until=at)
    much = services.raise_alert(file=file, pattern=persists(at), at=at)
    visitor = visit(counselor)
    assert queries(visitor, "dashboards:case", case=little.public_id) == queries(
        visitor, "dashboards:case", case=much.public_id
    )
