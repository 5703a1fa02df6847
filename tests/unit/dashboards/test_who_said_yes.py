"""Nobody but a student and a counselor whom they chose learns from any answer of ours what they chose.

Every address under a launch is asked for, by every method, before and after one person's change: what comes
back is the same to the byte, and takes the same questions to the database.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from lti_tool.consent import services as consent
from lti_tool.core import clock
from lti_tool.domain.access import MEMBERSHIP
from lti_tool.domain.checkins import SelfReport, Shared
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.lti.protocol.claims import DeepLinkingSettings, Message
from lti_tool.lti.services.deep_linking import remember_request
from lti_tool.privacy import services as privacy
from lti_tool.records import services as records
from lti_tool.records.models import ActivityWeek, ClassWeek, MentalHealthFile
from lti_tool.wellbeing import services as wellbeing
from tests import factories as make
from tests.factories.people import INSTRUCTOR, LEARNER

pytestmark = pytest.mark.django_db

CONTENT_DEVELOPER = f"{MEMBERSHIP}#ContentDeveloper"
ASSISTANT = "http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant"
DRAWN_ANEW = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=data-token=")\w+|(?<=/lti/enter/)[\w-]+'
    r'|(?<="exported_at": ")[^"]+|(?<="timestamp": ")[^"]+'
)
"""The secret of a form or script, a pass for a new tab, the moment of a download: of one length always."""
NOBODYS = UUID("00000000-0000-4000-8000-000000000000")
VALUE = re.compile(r"'(?:[^']|'')*'|\b\d+\b|\bs\d+_x\d+\b")
PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
CLOCKED = {"Expires", "Last-Modified"}

Change = Callable[[PlatformUser, Context, datetime], None]
Answer = tuple[int, tuple[tuple[str, str], ...], str]


def say_yes(student: PlatformUser, context: Context, at: datetime) -> None:
    make.give_everything(student, context, at=at)


def say_yes_and_be_measured(student: PlatformUser, context: Context, at: datetime) -> None:
    say_yes(student, context, at - timedelta(days=5))
    make.history(student, context, [[0.3] * 3] * 3 + [[0.8] * 3], until=at)


def say_yes_to_the_camera_alone(student: PlatformUser, context: Context, at: datetime) -> None:
    consent.give_consent(
        student=student, context=context, purposes=[Purpose.CAMERA], adult_confirmed=True, at=at
    )


def say_not_now(student: PlatformUser, context: Context, at: datetime) -> None:
    consent.decline(student=student, context=context, at=at)


def pause(student: PlatformUser, context: Context, at: datetime) -> None:
    say_yes_and_be_measured(student, context, at)
    say_not_now(student, context, at)


def withdraw_and_erase(student: PlatformUser, context: Context, at: datetime) -> None:
    say_yes_and_be_measured(student, context, at)
    privacy.withdraw(student=student, context=context, at=at)


def check_in_and_show_it(student: PlatformUser, context: Context, at: datetime) -> None:
    wellbeing.check_in(
        student=student, context=context, report=SelfReport(9), shared=Shared.BY_OWN_ACT, at=at
    )


CHANGES: tuple[Change, ...] = (
    say_yes,
    say_yes_and_be_measured,
    say_yes_to_the_camera_alone,
    say_not_now,
    pause,
    withdraw_and_erase,
    check_in_and_show_it,
)


def addresses(file: UUID) -> list[str]:
    """The path of every page under a launch, with the launch left open; of a file, the target's own id."""
    return [
        "/" + PART.sub(lambda part: _filled(part["kind"], part["name"], file), route)
        for route in _routes(get_resolver())
        if "<slug:launch>" in route
    ]


def _filled(kind: str, name: str, file: UUID) -> str:
    named = {"launch": "{launch}", "file": str(file), "version": "v1"}
    return named.get(name) or {"uuid": str(NOBODYS), "int": "1"}.get(kind, "none")


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        elif not route.startswith("admin/"):
            yield from _routes(pattern, route)


def everything_seen(browser: make.Browser, file: UUID, methods: tuple[str, ...]) -> dict[str, Answer]:
    """Each answer with its headers and its length, and how often the database was asked what."""
    browser.get(browser.address("lti:invitation"))  # the first form of a session writes its secret down
    seen = {}
    for address in addresses(file):
        path = address.format(launch=browser.launch.public_id)
        for method in methods:
            for kind in ("text/html", "application/json"):
                # Looking leaves a trace in one's own file: the second look would find the first.
                with undone(), CaptureQueriesContext(connection) as asked:
                    response = browser.generic(method, path, headers={"accept": kind})
                name = f"{method} {address.replace(str(file), 'FILE')} {kind}"
                seen[name] = _answer(cast(HttpResponse, response), file)
                seen[f"{name}, asked of the database"] = _questions(asked)
    return {re.sub(r"[0-9a-f-]{36}", "ID", name): answer for name, answer in seen.items()}


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside was not done."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _answer(response: HttpResponse, file: UUID) -> Answer:
    headers = [(name, _lasting(value)) for name, value in response.headers.items() if name not in CLOCKED]
    cookies = [("cookie", name) for name in response.cookies]
    body = _lasting(response.content.decode()).replace(str(file), "FILE")
    return response.status_code, tuple(sorted(headers + cookies)), body


def _lasting(text: str) -> str:
    return DRAWN_ANEW.sub(lambda found: "?" * len(found[0]), text)


def _questions(asked: CaptureQueriesContext) -> Answer:
    """The statements without their values: the same work, whatever the time of day."""
    statements = [VALUE.sub("?", query["sql"]) for query in asked.captured_queries]
    return len(statements), (), "\n".join(statements)


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def course(at: datetime) -> Context:
    """A course with a list, a class that takes part, and a published week."""
    course = make.make_context(class_size=14, memberships_url="https://platform.example/list")
    for _ in range(11):
        make.consenting(course, at=at - timedelta(days=30))
    monday = (at - timedelta(days=at.weekday(), weeks=1)).date()
    week = ClassWeek.objects.create(
        context=course,
        week_start=monday,
        published_at=at,
        suppressed=False,
        bands={"usual": 60, "raised": 30},
    )
    lab = ResourceLink.objects.create(context=course, resource_link_id="lab", title="Lab 4")
    ActivityWeek.objects.create(week=week, activity=lab, suppressed=False, above=40)
    return course


@pytest.fixture
def target(course: Context) -> PlatformUser:
    return make.make_student(course, name="")


def file_of(target: PlatformUser) -> UUID:
    """The target's file, or an address where none ever was."""
    found = MentalHealthFile.objects.filter(student=target).first()
    return found.public_id if found else uuid4()


@pytest.mark.parametrize("change", CHANGES)
def test_a_teacher_sees_the_same_before_and_after(
    course: Context, target: PlatformUser, at: datetime, change: Change
) -> None:
    teacher = make.enter(make.make_instructor(course), course, roles=(INSTRUCTOR, ASSISTANT))
    before = everything_seen(teacher, file_of(target), ("GET", "POST"))
    for page in ("", "table.csv", "picture.svg"):
        assert before[f"GET /l/{{launch}}/class/{page} text/html"][0] == 200

    change(target, course, at)

    assert everything_seen(teacher, file_of(target), ("GET", "POST")) == before


@pytest.mark.parametrize("change", CHANGES)
def test_a_classmate_sees_the_same_before_and_after(
    course: Context, target: PlatformUser, at: datetime, change: Change
) -> None:
    classmate = make.enter(make.consenting(course, name="", at=at), course, roles=(LEARNER,))
    before = everything_seen(classmate, file_of(target), ("GET",))
    assert before["GET /l/{launch}/mine/ text/html"][0] == 200

    change(target, course, at)

    assert everything_seen(classmate, file_of(target), ("GET",)) == before


@pytest.mark.parametrize("change", CHANGES)
def test_an_author_of_the_course_sees_the_same_before_and_after(
    course: Context, target: PlatformUser, at: datetime, change: Change
) -> None:
    author = make.enter(make.make_instructor(course), course, roles=(CONTENT_DEVELOPER,))
    author.launch.message = Message.DEEP_LINKING.value
    author.launch.save()
    remember_request(
        launch=author.launch, asked=DeepLinkingSettings("https://platform.example/back", None), at=at
    )
    author.get(author.address("lti:place"))
    before = everything_seen(author, file_of(target), ("GET",))
    assert before["GET /lti/place/{launch}/ text/html"][0] == 200

    change(target, course, at)

    assert everything_seen(author, file_of(target), ("GET",)) == before


def test_the_comparison_sees_a_page_that_depends_on_who_takes_part(
    course: Context, target: PlatformUser, at: datetime
) -> None:
    """Of a counselor whom the target chose, it must find the difference."""
    counselor = make.enter(make.make_counselor(course, at=at), course, roles=(INSTRUCTOR,))
    before = everything_seen(counselor, file_of(target), ("GET",))

    say_yes_and_be_measured(target, course, at)

    after = everything_seen(counselor, file_of(target), ("GET",))
    different = {name for name in before if before[name] != after[name]}
    assert "GET /l/{launch}/caseload/ text/html" in different
    assert "GET /l/{launch}/class/ text/html" not in different


def test_every_page_that_a_launch_leads_to_is_asked_for() -> None:
    found = addresses(uuid4())
    assert {"/l/{launch}/class/", "/l/{launch}/consent/", "/lti/invitation/{launch}/"} <= set(found)
    assert len(found) == len(set(found)) >= 18


@pytest.mark.parametrize("change", CHANGES)
def test_the_clock_does_the_same_work_for_a_course_whoever_takes_part(
    course: Context, target: PlatformUser, at: datetime, change: Change
) -> None:
    lists = records.courses_with_rosters()
    change(target, course, at)
    assert records.courses_with_rosters() == lists
    assert records.publish_finished_weeks(at=at) == 0
