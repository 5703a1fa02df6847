"""A page asks the database as often for a term of records as for a day of them."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from lti_tool.lti.models import Context, ResourceLink
from lti_tool.records.models import ActivityWeek, ClassWeek
from tests.factories import consenting, history, make_counselor, make_instructor
from tests.unit.dashboards.conftest import TEACHES, Visit, Visitor

SESSION = [0.3, 0.31, 0.29]


def queries(visitor: Visitor, name: str, **kwargs: object) -> int:
    visitor.text(name, **kwargs)
    with CaptureQueriesContext(connection) as captured:
        visitor.text(name, **kwargs)
    return len(captured)


def test_a_students_record(visit: Visit, course: Context, at: datetime) -> None:
    little, much = (consenting(course, at=at) for _ in range(2))
    history(little, course, [SESSION], until=at)
    history(much, course, [SESSION] * 20, until=at)
    assert queries(visit(little), "dashboards:mine") == queries(visit(much), "dashboards:mine")


def test_the_counselors_page_of_one_student(visit: Visit, course: Context, at: datetime) -> None:
    files = [history(consenting(course, at=at), course, [SESSION] * n, until=at) for n in (1, 20)]
    counselor = visit(make_counselor(course, at=at))
    few, many = (queries(counselor, "dashboards:student", file=file.public_id) for file in files)
    assert few == many


def test_the_caseload_for_one_student_and_for_many(visit: Visit, course: Context, at: datetime) -> None:
    counselor = visit(make_counselor(course, at=at))
    history(consenting(course, at=at), course, [SESSION], until=at)
    few = queries(counselor, "dashboards:caseload")
    for _ in range(6):
        history(consenting(course, at=at), course, [SESSION] * 5, until=at)
    assert queries(counselor, "dashboards:caseload") == few


def test_the_class(visit: Visit, course: Context, at: datetime) -> None:
    instructor = visit(make_instructor(course), roles=TEACHES)

    def publish(weeks: range, activities: int) -> None:
        made = ClassWeek.objects.bulk_create(
            ClassWeek(
                context=course,
                week_start=date(2026, 8, 3) + timedelta(weeks=week),
                published_at=at,
                suppressed=False,
                bands={"usual": 80},
            )
            for week in weeks
        )
        for number in range(activities):
            link, _ = ResourceLink.objects.get_or_create(context=course, resource_link_id=f"lab-{number}")
            ActivityWeek.objects.bulk_create(
                ActivityWeek(week=week, activity=link, suppressed=False, above=30) for week in made
            )

    pages = ("dashboards:class", "dashboards:class_csv", "dashboards:class_svg")
    publish(range(1), activities=1)
    few = [queries(instructor, page) for page in pages]
    publish(range(1, 12), activities=6)
    assert [queries(instructor, page) for page in pages] == few
