"""What a person finds on the platform's pages."""

import httpx
import pytest

from tests.platform.people import PEOPLE
from tests.platform.platform import Platform
from tests.platform.web.options import LaunchOptions


def test_everybody_in_the_course_has_a_door(http: httpx.Client) -> None:
    front = http.get("/").text
    for sub in PEOPLE.keys() - {"student-01"}:
        assert f'href="/course/{sub}/"' in front
    assert 'href="/course/student/"' in front
    assert "no password" in front


@pytest.mark.parametrize("sub", PEOPLE)
def test_the_course_opens_for_everybody(http: httpx.Client, sub: str) -> None:
    assert PEOPLE[sub].name in http.get(f"/course/{sub}/").raise_for_status().text


def test_the_frame_gives_the_camera_to_the_tool_alone(platform: Platform, http: httpx.Client) -> None:
    origin = platform.tool.origin
    assert f"camera {origin}; microphone {origin}; fullscreen {origin}" in http.get("/course/student/").text
    assert f"camera {origin}" not in http.get("/course/student/?camera=no").text


def test_the_page_lets_in_only_the_installed_tools(platform: Platform, http: httpx.Client) -> None:
    policy = http.get("/course/student/").headers["content-security-policy"]
    assert f"frame-src 'self' {platform.tool.origin};" in policy
    assert "unsafe-inline" not in policy


def test_the_wishes_of_the_address_reach_the_launch(platform: Platform, http: httpx.Client) -> None:
    assert 'src="/launch/student-01/?malformed=exp_missing"' in http.get(
        "/course/student/?malformed=exp_missing"
    ).text.replace("&amp;", "&")
    page = http.get(
        "/launch/student/", params={"target": f"{platform.tool_url}/elsewhere/", "storage": "no"}
    ).text
    assert f'value="{platform.tool_url}/elsewhere/"' in page
    assert "lti_storage_target" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/course/nobody/",
        "/course/student/?link=gone",
        "/course/student/?tool=gone",
        "/course/student/?message=Gone",
        "/course/student/?malformed=gone",
        "/launch/student/?malformed=nonce_used_before",
    ],
)
def test_what_is_not_there_is_said_so(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    assert response.status_code == 404
    assert "This is not here" in response.text


def test_only_teachers_place_links(http: httpx.Client) -> None:
    assert http.get("/course/instructor/place/").status_code == 200
    assert http.get("/course/student/place/").status_code == 403
    assert "Add an activity" not in http.get("/course/student/").text


def test_tools_and_odd_launches_are_listed(platform: Platform, http: httpx.Client) -> None:
    assert platform.tool.client_id in http.get("/tools/").text
    assert "exp_missing" in http.get("/malformed/").text


def test_a_tool_registers_itself_at_the_address_that_was_pasted(
    platform: Platform, http: httpx.Client
) -> None:
    page = http.post("/tools/", data={"address": f"{platform.tool_url}/lti/register/abc/"}).text
    assert f'src="{platform.tool_url}/lti/register/abc/?openid_configuration=' in page
    assert http.post("/tools/", data={"address": "https://elsewhere.example/"}).status_code == 400


def test_a_window_of_its_own_is_promised_no_storage(platform: Platform, http: httpx.Client) -> None:
    assert "lti_storage_target" in http.get("/launch/student/").text
    assert "lti_storage_target" not in http.get("/launch/student/?window=yes").text
    assert "?link=link-attune&amp;window=yes" in http.get("/course/student/?link=link-attune").text


def test_names_are_kept_back_until_the_tool_is_installed_to_learn_them() -> None:
    quiet = Platform("http://127.0.0.1:9", "http://localhost:9")
    telling = Platform("http://127.0.0.1:9", "http://localhost:9")
    telling.share_names()
    asked: list[dict[str, str]] = [{"names": "yes"}, {"names": "no"}, {}]
    assert [LaunchOptions.read(query, quiet).names for query in asked] == [True, False, False]
    assert [LaunchOptions.read(query, telling).names for query in asked] == [True, False, True]
    person = PEOPLE["student-02"]
    assert "name" not in quiet.roster.describe(person)
    assert telling.roster.describe(person)["name"] == person.name


def test_a_tool_that_moves_is_told_as_much_as_before() -> None:
    platform = Platform("http://127.0.0.1:9", "http://localhost:9")
    platform.share_names()
    assert platform.install_again("http://localhost:10").names_shared


def test_a_language_chosen_at_the_front_goes_into_the_course_and_its_launches(
    platform: Platform, http: httpx.Client
) -> None:
    assert 'href="/course/student/?language=zh_cn"' in http.get("/?language=zh_cn").text
    course = http.get("/course/student/?language=zh_cn").text.replace("&amp;", "&")
    assert 'src="/launch/student-01/?language=zh_cn"' in course
    options = LaunchOptions.read({"language": "zh_cn"}, platform)
    begun = options.begin(platform, PEOPLE["student-01"])
    assert begun.locale == "zh_cn"
