"""What a student said is shown first, beside the estimate and never mixed with it."""

from datetime import datetime, timedelta

from lti_tool.capture.models import CaptureSession
from lti_tool.dashboards import agreement_words
from lti_tool.domain.checkins import Agreement, Phq4, SelfReport, Shared
from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.records import services as records
from lti_tool.records.models import StressRecord
from tests.factories import consenting, history, make_counselor, make_student
from tests.unit.dashboards.conftest import Visit
from tests.unit.dashboards.test_query_counts import queries

CALM, TENSE = [0.3, 0.31, 0.29], [0.7, 0.72, 0.71]


def say(
    student: PlatformUser, course: Context, stress: int, at: datetime, shared: Shared = Shared.WITH_RECORD
) -> None:
    report = SelfReport(stress, Phq4(1, 1, 0, 0) if stress > 8 else None)
    records.keep_check_in(student=student, context=course, report=report, shared=shared, at=at)


def test_the_answer_comes_before_the_estimate(visit: Visit, course: Context, at: datetime) -> None:
    student = consenting(course, at=at)
    history(student, course, [CALM] * 4 + [TENSE], until=at)
    last = StressRecord.objects.latest("recorded_at").recorded_at
    say(student, course, 2, last + timedelta(minutes=5))
    say(student, course, 9, at, Shared.NOBODY)
    page = visit(student).text("dashboards:mine")
    assert page.index("You said 9 of 10") < page.index("More tension than your usual")
    assert page.count('class="chart__said"') == 2 * 2
    row = page[page.index("Every session, newest first") :]
    assert row.index("<strong>2</strong>") < row.index("0.71")
    assert "2 of 12 (worry 2, low mood 0, of 6 each)" in page

    counselor = visit(make_counselor(course, at=at))
    file = student.files.get()
    theirs = counselor.text("dashboards:student", file=file.public_id)
    assert "They said 2 of 10" in theirs
    assert "9 of 10" not in theirs
    assert theirs.count('class="chart__said"') == 2
    listed = counselor.text("dashboards:caseload")
    assert "They said <strong>2 of 10</strong>" in listed
    assert "9 of 10" not in listed


def test_without_a_check_in_the_pages_are_as_they_were(visit: Visit, course: Context, at: datetime) -> None:
    student = consenting(course, at=at)
    history(student, course, [CALM] * 4, until=at)
    page = visit(student).text("dashboards:mine")
    for words in ("You said", "chart__said", "You and the estimate", "Every check-in"):
        assert words not in page


def test_check_ins_alone_are_drawn_without_an_empty_chart(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = make_student(course)
    say(student, course, 6, at, Shared.NOBODY)
    page = visit(student).text("dashboards:mine")
    assert "What you said, 0 to 10" in page
    assert "More tension ↑" not in page
    assert "Each point, or bend" not in page
    assert "only you" in page


def test_the_student_reads_how_often_the_two_agree(visit: Visit, course: Context, at: datetime) -> None:
    student = consenting(course, at=at)
    history(student, course, [CALM, TENSE] * 5, until=at)
    for number, record in enumerate(StressRecord.objects.order_by("recorded_at")[::3]):
        say(student, course, 8 if number % 2 else 2, record.recorded_at)
    page = visit(student).text("dashboards:mine")
    assert "In 10 of 10 check-ins you and the estimate pointed the same way." in page
    assert "mostly worth a look" in page


def test_agreement_is_said_with_its_doubt() -> None:
    how_often, how_sure, meaning = agreement_words.sentences(Agreement(8, 11), own=True)
    assert how_often == "In 8 of 11 check-ins you and the estimate pointed the same way."
    assert how_sure == "With so few, it could be anything from 4 to 10 in 10."
    assert meaning.startswith("For you the estimate is a hint and no more.")
    too_few, lightly = agreement_words.sentences(Agreement(1, 1), own=True)
    assert too_few.startswith("So far 1 check-in lies close to a session")
    assert lightly == "Until then, take the estimate lightly."
    theirs = agreement_words.sentences(Agreement(4, 11), own=False)
    assert "the student and the estimate" in theirs[0]
    assert theirs[2].endswith("Go by what they say.")


def test_the_place_from_which_the_camera_was_started_is_named(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = consenting(course, at=at)
    history(student, course, [CALM] * 4 + [TENSE] * 2, until=at)
    lab = ResourceLink.objects.create(context=course, resource_link_id="lab", title="Lab <1>")
    ids = list(
        dict.fromkeys(StressRecord.objects.order_by("recorded_at").values_list("session_id", flat=True))
    )
    for session_id in ids[-2:]:
        CaptureSession.objects.create(
            public_id=session_id,
            student=student,
            context=course,
            resource_link=lab,
            started_at=at,
            ended_at=at,
        )
    page = visit(student).text("dashboards:mine")
    listed = page[page.index("Beside which work") :]
    assert "Lab &lt;1&gt;" in listed
    assert "2 sessions" in listed
    assert "clearly more tension than usual" in listed
    counselor = visit(make_counselor(course, at=at))
    assert "Beside which work" not in counselor.text("dashboards:student", file=student.files.get().public_id)


def test_many_check_ins_ask_the_database_no_more_than_one(
    visit: Visit, course: Context, at: datetime
) -> None:
    little, much = (consenting(course, at=at) for _ in range(2))
    for student in (little, much):
        history(student, course, [CALM] * 4, until=at)
    say(little, course, 5, at)
    for number in range(60):
        say(much, course, number % 11, at - timedelta(days=number))
    assert queries(visit(little), "dashboards:mine") == queries(visit(much), "dashboards:mine")
    counselor = visit(make_counselor(course, at=at))
    few, many = (
        queries(counselor, "dashboards:student", file=student.files.get().public_id)
        for student in (little, much)
    )
    assert few == many
