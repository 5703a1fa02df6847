"""The course list over HTTP: proof, pages, and every answer that is not a list."""

import pytest

from lti_tool.core.clock import now
from lti_tool.core.http import PlatformSilent
from lti_tool.lti import services
from lti_tool.lti.advantage.errors import PlatformBusy, ServiceRefused, ServiceUnreadable
from lti_tool.lti.models import Context, PlatformUser, Registration
from lti_tool.lti.protocol.roster import Roster
from tests.platform import roster as lists
from tests.platform.people import ADMINISTRATOR, COUNSELOR, INSTRUCTOR, PEOPLE, STUDENTS, TEST_USER
from tests.platform.platform import Platform
from tests.platform.roster import Dialect, Trouble

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.spec("LTI NRPS 2.0", "2")]

EVERYBODY = frozenset(PEOPLE) - {TEST_USER.sub}


def _read(course: Context) -> Roster:
    roster = services.read_roster(context=course, at=now())
    assert roster is not None
    return roster


@pytest.mark.spec("LTI NRPS 2.0", "2.4")
def test_every_page_is_read_and_nobody_is_made_of_it(platform: Platform, course: Context) -> None:
    roster = _read(course)

    assert len(roster.members) > 2 * 10  # the platform's pages hold ten
    assert roster.present == EVERYBODY
    assert roster.class_size == len(STUDENTS)
    course.refresh_from_db()
    assert course.class_size == len(STUDENTS)
    assert not PlatformUser.objects.exists()


@pytest.mark.spec("LTI NRPS 2.0", "2.2")
def test_short_roles_and_assistants_listed_as_learners_are_understood(
    platform: Platform, course: Context
) -> None:
    platform.roster.dialect = Dialect.SHORT

    learners = {member.sub for member in _read(course).members if member.learns}

    assert learners == {*(student.sub for student in STUDENTS), COUNSELOR.sub}
    assert not learners & {INSTRUCTOR.sub, ADMINISTRATOR.sub}


def test_roles_joined_into_one_text_are_understood_of_the_family_that_does_so(
    platform: Platform, course: Context
) -> None:
    platform.roster.dialect = Dialect.JOINED
    assert _read(course).class_size == 0

    Registration.objects.update(product_family="sakai")
    course.deployment.registration.refresh_from_db()

    assert _read(course).class_size == len(STUDENTS)


def test_the_suspended_are_missed(platform: Platform, course: Context) -> None:
    platform.roster.suspended = {STUDENTS[0].sub}

    assert _read(course).present == EVERYBODY - {STUDENTS[0].sub}


def test_one_token_serves_until_the_platform_forgets_it(platform: Platform, course: Context) -> None:
    _read(course)
    earned = len(platform.tokens._tokens)
    _read(course)
    assert len(platform.tokens._tokens) == earned == 1

    platform.tokens._tokens.clear()
    assert _read(course).present == EVERYBODY


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (lists.TOO_MANY_REQUESTS, PlatformBusy),
        (lists.HTML_NOT_FOUND, ServiceUnreadable),
        (Trouble(200, "<!doctype html><title>Sign in</title>"), ServiceUnreadable),
        (Trouble(200, '{"members": {}}'), ServiceUnreadable),
        (Trouble(200, "[" * 100_000), ServiceUnreadable),
        (Trouble(302, "", {"Location": "https://elsewhere.example/"}), ServiceUnreadable),
        (Trouble(403, ""), ServiceRefused),
        (Trouble(500, ""), ServiceUnreadable),
        (Trouble(503, "", {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}), PlatformBusy),
        (Trouble(200, " " * 600_000), PlatformSilent),
    ],
)
def test_an_answer_that_is_no_list_is_an_error_that_says_so(
    platform: Platform, course: Context, trouble: Trouble, error: type[Exception]
) -> None:
    platform.roster.trouble = [trouble]

    with pytest.raises(error):
        _read(course)
    assert _read(course).present == EVERYBODY  # and passes with the trouble


def test_half_a_list_is_no_list(platform: Platform, course: Context) -> None:
    next_page = f'<{course.memberships_url}?offset=10>; rel="next"'
    platform.roster.trouble = [Trouble(200, '{"members": []}', {"Link": next_page}), lists.HTML_NOT_FOUND]

    with pytest.raises(ServiceUnreadable):
        _read(course)


def test_the_access_token_is_not_carried_to_another_host(platform: Platform, course: Context) -> None:
    elsewhere = '<https://elsewhere.example/nrps?page=2>; rel="next"'
    platform.roster.trouble = [Trouble(200, '{"members": []}', {"Link": elsewhere})]

    with pytest.raises(ServiceUnreadable, match="something else"):
        _read(course)


def test_a_wait_is_as_long_as_the_platform_asks(platform: Platform, course: Context) -> None:
    platform.roster.trouble = [lists.TOO_MANY_REQUESTS]

    with pytest.raises(PlatformBusy) as busy:
        _read(course)
    assert busy.value.retry_after_s == 2


def test_a_platform_that_does_not_let_us_in_is_told_apart_from_a_silent_one(
    platform: Platform, course: Context
) -> None:
    registration = course.deployment.registration
    registration.client_id = "somebody-else"
    registration.save()
    with pytest.raises(ServiceRefused):
        _read(course)

    registration.token_url = "http://127.0.0.1:9/token"
    registration.save()
    with pytest.raises(PlatformSilent):
        _read(course)


def test_where_no_list_is_offered_nothing_is_asked(platform: Platform, course: Context) -> None:
    course.memberships_url = ""

    assert services.read_roster(context=course, at=now()) is None
    assert not platform.tokens._tokens
