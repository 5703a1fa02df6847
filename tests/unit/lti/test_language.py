"""In which language a page is read: the reader's own choice, else the course's, else the browser's."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from lti_tool.core.carried import LOCATION_HEADER, SESSION_HEADER
from lti_tool.core.clock import now
from lti_tool.lti.models import Context, DeploymentState, Launch
from tests.factories import Browser, enter, make_context, make_instructor, make_student
from tests.factories.people import INSTRUCTOR

pytestmark = pytest.mark.django_db

COOKIE = settings.LANGUAGE_COOKIE_NAME
PAGE = "wellbeing:calm"
NOT_OURS = ["de", "", "ES", "es-mx", "es_MX", "zh", "zh-CN", "../es", "es\x00", "e" * 5000]
ELSEWHERE = [
    "https://elsewhere.example/",
    "http://testserver.elsewhere.example/",
    "http://testserver/",
    "//elsewhere.example/",
    "///elsewhere.example/",
    "\\\\elsewhere.example/",
    "/\\elsewhere.example/",
    "javascript:alert(1)",
    "http:///elsewhere.example/",
    "\x08//elsewhere.example/",
    "",
]


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """A test's requests run in its own thread, which would go on in their language."""
    yield
    translation.deactivate()


@pytest.fixture
def course() -> Context:
    return make_context()


@pytest.fixture
def student(course: Context) -> Browser:
    return enter(make_student(course), course)


def _come_from_course_in(browser: Browser, locale: str) -> None:
    Launch.objects.filter(pk=browser.launch.pk).update(locale=locale)


def _language(browser: Browser, **headers: str) -> str:
    """What the page says of itself, to whoever reads it aloud."""
    page = browser.get(browser.address(PAGE), headers=headers)
    assert page.status_code == 200
    return page.content.decode().partition('<html lang="')[2].partition('"')[0]


def _locale(browser: Browser) -> str:
    return Launch.objects.get(pk=browser.launch.pk).locale


# Where nobody chose


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("es_MX", "es"),
        ("es", "es"),
        ("ES-419", "es"),
        ("zh_cn", "zh-hans"),
        ("zh-Hans", "zh-hans"),
        ("en-GB", "en"),
    ],
)
def test_a_page_speaks_the_language_of_its_course(student: Browser, locale: str, language: str) -> None:
    _come_from_course_in(student, locale)

    assert _language(student) == language


def test_the_course_is_heard_before_the_browser(student: Browser) -> None:
    _come_from_course_in(student, "es")

    assert _language(student, accept_language="zh-CN") == "es"


def test_a_launch_that_is_over_says_so_in_the_language_of_its_course(student: Browser) -> None:
    Launch.objects.filter(pk=student.launch.pk).update(locale="es", expires_at=now())

    page = student.get(student.address(PAGE), headers={"accept-language": "zh-CN"})

    assert (page.status_code, page.headers["Content-Language"]) == (403, "es")
    assert "launch_expired" in page.content.decode()
    assert '<html lang="es"' in page.content.decode()


@pytest.mark.parametrize("locale", ["", "de", "tlh", "$Bogus.variable"])
def test_where_the_course_names_none_of_ours_the_browser_is_heard(student: Browser, locale: str) -> None:
    _come_from_course_in(student, locale)

    assert _language(student, accept_language="fr;q=0.9, zh-CN;q=0.8, en;q=0.2") == "zh-hans"


@pytest.mark.parametrize("accepted", ["", "de", "*", "x" * 1000])
def test_where_nobody_names_one_of_ours_it_is_english(student: Browser, accepted: str) -> None:
    assert _language(student, accept_language=accepted) == "en"


def test_what_one_reader_was_told_leaves_no_trace_in_the_next_page(student: Browser, course: Context) -> None:
    _come_from_course_in(student, "es")
    other = enter(make_student(course, name="Bob"), course)

    assert [_language(student), _language(other), _language(student)] == ["es", "en", "es"]


# The reader's choice


def test_a_choice_holds_for_this_launch_and_in_this_browser(student: Browser) -> None:
    _come_from_course_in(student, "zh_cn")

    response = student.post(
        student.address("lti:language"), {"language": "es", "next": student.address(PAGE)}
    )

    assert (response.status_code, response.headers["Location"]) == (302, student.address(PAGE))
    assert _locale(student) == "es"
    assert student.cookies[COOKIE].value == "es"
    assert _language(student) == "es"


def test_the_cookie_of_a_choice_reaches_us_from_a_frame_and_no_script(student: Browser) -> None:
    response = student.post(student.address("lti:language"), {"language": "es"})

    header = response.cookies[COOKIE].OutputString()
    assert {"Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"} <= set(header.split("; "))
    assert response.cookies[COOKIE]["max-age"] == settings.LANGUAGE_COOKIE_AGE


def test_a_choice_outlasts_the_launch_whatever_the_next_course_speaks(
    student: Browser, course: Context
) -> None:
    student.post(student.address("lti:language"), {"language": "es"})
    later = enter(student.launch.user, course)
    later.cookies[COOKIE] = student.cookies[COOKIE].value
    _come_from_course_in(later, "zh-Hans")

    assert _language(later, accept_language="en") == "es"


@pytest.mark.parametrize("planted", ["de", "", "x" * 1000, "../../es"])
def test_a_cookie_that_names_none_of_ours_counts_for_nothing(student: Browser, planted: str) -> None:
    _come_from_course_in(student, "es")
    student.cookies[COOKIE] = planted

    assert _language(student) == "es"


def test_a_choice_can_be_taken_back(student: Browser) -> None:
    for language in ("es", "zh-hans", "en"):
        student.post(student.address("lti:language"), {"language": language})

        assert _language(student) == language


@pytest.mark.parametrize("language", NOT_OURS)
def test_a_language_that_is_not_ours_is_refused_in_words(student: Browser, language: str) -> None:
    _come_from_course_in(student, "zh_cn")

    response = student.post(student.address("lti:language"), {"language": language})

    assert response.status_code == 400
    page = response.content.decode()
    assert "language_unknown" in page
    assert "没有任何更改" in page  # in the language of the course
    assert COOKIE not in response.cookies
    assert _locale(student) == "zh_cn"


def test_a_language_is_not_changed_by_looking(student: Browser) -> None:
    response = student.get(student.address("lti:language"), {"language": "es"})

    assert response.status_code == 405
    assert _locale(student) == ""


# Where it leads back to


@pytest.mark.parametrize("page", [PAGE, "wellbeing:check_in"])
def test_the_way_back_leads_to_the_page_of_the_choice(student: Browser, page: str) -> None:
    way_back = f"{student.address(page)}?show=all"

    response = student.post(student.address("lti:language"), {"language": "es", "next": way_back})

    assert response.headers["Location"] == way_back


@pytest.mark.parametrize("way_back", ELSEWHERE)
def test_the_way_back_never_leads_elsewhere(student: Browser, way_back: str) -> None:
    response = student.post(student.address("lti:language"), {"language": "es", "next": way_back})

    assert response.headers["Location"] == student.address("dashboards:home")


# Who may choose


def test_nobody_chooses_in_the_launch_of_another(student: Browser, course: Context) -> None:
    other = enter(make_student(course, name="Bob"), course)

    response = other.post(student.address("lti:language"), {"language": "es"})

    assert response.status_code == 403
    assert b"launch_missing" in response.content
    assert COOKIE not in response.cookies
    assert (_locale(student), _locale(other)) == ("", "")


def test_a_choice_takes_the_secret_of_its_form(student: Browser) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[settings.SESSION_COOKIE_NAME] = student.cookies[settings.SESSION_COOKIE_NAME].value

    response = strict.post(student.address("lti:language"), {"language": "es"})

    assert response.status_code == 403
    assert _locale(student) == ""


def test_everybody_with_a_page_has_the_choice(course: Context) -> None:
    instructor = enter(make_instructor(course), course, roles=(INSTRUCTOR,))

    page = instructor.get(instructor.address("dashboards:class"))
    response = instructor.post(instructor.address("lti:language"), {"language": "es"})

    assert 'name="language" value="es"' in page.content.decode()
    assert response.status_code == 302


def test_behind_a_closed_door_who_comes_to_what_is_theirs_has_the_choice(
    student: Browser, course: Context
) -> None:
    course.deployment.state = DeploymentState.SUSPENDED
    course.deployment.save()
    own = student.address("privacy:own")

    response = student.post(student.address("lti:language"), {"language": "es", "next": own})

    assert (response.status_code, response.headers["Location"]) == (302, own)
    page = student.get(own).content.decode()
    assert '<html lang="es"' in page
    assert 'aria-current="true">Español<' in page


# The form at the foot of a page


def test_a_page_offers_each_language_in_its_own_name(student: Browser) -> None:
    page = student.get(student.address(PAGE)).content.decode()

    for code, name in {"en": "English", "es": "Español", "zh-hans": "简体中文"}.items():
        assert f'value="{code}" lang="{code}"' in page
        assert f">{name}</button>" in page
    assert page.count('aria-current="true">English<') == 1


# Without cookies


def test_a_browser_without_cookies_keeps_the_choice_for_its_launch(student: Browser) -> None:
    carried = {SESSION_HEADER: student.cookies[settings.SESSION_COOKIE_NAME].value}
    address, page = student.address("lti:language"), student.address(PAGE)

    # A client of its own each time: none brings a cookie.
    answer = Client(headers=carried).post(address, {"language": "es", "next": page})
    shown = Client(headers=carried).get(page)

    assert (answer.status_code, answer.headers[LOCATION_HEADER]) == (204, page)
    assert '<html lang="es"' in shown.content.decode()
