"""The whole dance: a request, a choice, a signed answer that the platform believes, and the placed link."""

import html
import logging
from datetime import date, datetime, timedelta

import httpx
import jwt
import pytest

from lti_tool.core.clock import now
from lti_tool.lti.models import Context, DeepLinkingRequest, Deployment, ResourceLink
from tests.conformance.deep_linking.author import Author, leaving_form
from tests.factories import make_activation
from tests.platform.claims import DEEP_LINKING_SETTINGS, Message
from tests.platform.people import LEARNER, MEMBERSHIP
from tests.platform.tools import ResourceLink as PlacedLink

DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
LTI = "https://purl.imsglobal.org/spec/lti/claim/"

OURS = {"lti_tool", "django"}

pytestmark = pytest.mark.django_db(transaction=True)


def _placed(author: Author, **fields: str) -> PlacedLink:
    before = set(author.platform.links)
    done = author.carries_back(author.chooses(author.comes(), **fields))
    assert done.status_code == 200, done.text
    (new,) = set(author.platform.links) - before
    return author.platform.links[new]


@pytest.mark.spec("LTI Deep Linking 2.0", "4.4")
def test_what_an_author_chose_is_placed_and_opens_the_page(author: Author) -> None:
    chosen = {"title": "A pause & more", "difficulty": "4", "due_date": "2027-01-31"}
    link = _placed(author, page="calm", **chosen)

    assert link.title == "A pause & more"
    assert link.custom == {"page": "calm", "difficulty": "4", "due_date": "2027-01-31"}
    page = author.comes("student", message=Message.RESOURCE_LINK, link=link)
    assert page.url.path.endswith("/calm/")
    kept = ResourceLink.objects.get(resource_link_id=link.id)
    assert (kept.title, kept.page, kept.difficulty) == ("A pause & more", "calm", 4)
    assert kept.due_date == date(2027, 1, 31)


@pytest.mark.spec("LTI Deep Linking 2.0", "4.4")
@pytest.mark.parametrize(
    ("page", "leads_to"), [("check-in", "/check-in/"), ("camera", "/consent/"), ("calm", "/calm/")]
)
def test_each_page_that_can_be_placed_opens_for_a_new_student(
    author: Author, page: str, leads_to: str
) -> None:
    link = _placed(author, page=page)
    make_activation(Deployment.objects.get())

    assert author.comes("student", message=Message.RESOURCE_LINK, link=link).url.path.endswith(leads_to)


@pytest.mark.parametrize(
    ("page", "leads_to"), [("check-in", "/check-in/"), ("camera", "/calm/"), ("calm", "/calm/")]
)
def test_each_page_that_can_be_placed_opens_while_the_deployment_is_locked(
    author: Author, page: str, leads_to: str
) -> None:
    link = _placed(author, page=page)

    assert author.comes("student", message=Message.RESOURCE_LINK, link=link).url.path.endswith(leads_to)


def test_the_teacher_of_a_camera_link_sees_the_class_and_no_camera(author: Author) -> None:
    link = _placed(author, page="camera")

    assert "/class/" in str(author.comes("instructor", message=Message.RESOURCE_LINK, link=link).url)


def test_a_link_without_a_title_is_named_after_its_page(author: Author) -> None:
    assert _placed(author, page="calm", title=" ").title == "Attune: calm corner"


@pytest.mark.spec("LTI Deep Linking 2.0", "4.5")
def test_the_answer_is_signed_by_a_key_that_we_publish_and_says_all_that_it_must(author: Author) -> None:
    answer = author.chooses(author.comes(), page="camera", title="Exam week")
    token = leaving_form(answer).fields["JWT"]

    keys = jwt.PyJWKSet.from_dict(author.http.get(author.platform.tool.jwks_url).json())
    header = jwt.get_unverified_header(token)
    claims = jwt.decode(token, keys[header["kid"]], algorithms=["RS256"], audience=author.platform.issuer)
    assert (header["alg"], claims["iss"]) == ("RS256", author.platform.tool.client_id)
    assert claims["exp"] - claims["iat"] == 300
    assert len(claims["nonce"]) >= 32
    assert claims[f"{LTI}message_type"] == "LtiDeepLinkingResponse"
    assert claims[f"{LTI}version"] == "1.3.0"
    assert claims[f"{LTI}deployment_id"] == author.platform.tool.deployment_id
    assert claims[f"{DL}data"]
    assert claims[f"{DL}content_items"] == [
        {
            "type": "ltiResourceLink",
            "title": "Exam week",
            "url": author.platform.tool.target_link_uri,
            "custom": {"page": "camera", "difficulty": "3"},
        }
    ]


@pytest.mark.spec("LTI Deep Linking 2.0", "4.5")
def test_cancelling_answers_with_an_empty_list(author: Author) -> None:
    before = set(author.platform.links)

    done = author.carries_back(author.chooses(author.comes(), answer="cancel"))

    assert "Nothing was chosen" in done.text
    assert set(author.platform.links) == before


def test_the_answer_leaves_by_a_form_that_works_without_scripts_and_carries_no_token_of_ours(
    author: Author,
) -> None:
    answer = author.chooses(author.comes())

    form = leaving_form(answer)
    assert set(form.fields) == {"JWT"}
    assert form.action.startswith(f"{author.platform.base_url}/deep-linking/")
    assert ">Go on</button>" in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert f"form-action {author.platform.base_url}" in policy
    assert "'unsafe-inline'" not in policy


def test_other_pages_post_to_us_alone(author: Author) -> None:
    assert "form-action 'self'" in author.comes().headers["Content-Security-Policy"]


def test_the_return_address_is_escaped(author: Author) -> None:
    address = f"{author.platform.base_url}/deep-linking/x?a='\"><script>alert(1)</script>&b=1"

    answer = author.chooses(_asked_to_return_to(author, address))

    assert leaving_form(answer).action == address
    assert "<script>alert" not in answer.text
    assert html.escape("<script>alert(1)</script>") in answer.text


def test_the_return_address_is_in_no_log(author: Author, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    author.carries_back(author.chooses(author.comes()))
    _asked_to_return_to(author, "https://elsewhere.example/deep-linking/7")

    # The browser and the platform of this test run in the same process, and write it.
    ours = [record.getMessage() for record in caplog.records if record.name.split(".")[0] in OURS]
    assert ours
    assert not [line for line in ours if "deep-linking" in line]


def test_after_the_answer_nothing_of_the_request_is_kept(author: Author) -> None:
    page = author.comes()
    assert DeepLinkingRequest.objects.count() == 1

    author.chooses(page)

    assert not DeepLinkingRequest.objects.exists()
    again = author.chooses(page)
    assert again.status_code == 403
    assert "deep_linking_over" in again.text


def test_a_choice_out_of_bounds_is_asked_again_and_keeps_the_request(author: Author) -> None:
    page = author.comes()

    for fields in ({"page": "admin"}, {"difficulty": "9"}, {"due_date": "soon"}, {"due_date": "1066-10-14"}):
        asked = author.chooses(page, **fields)
        assert "One thing to check" in asked.text
    assert author.carries_back(author.chooses(page)).status_code == 200


@pytest.mark.spec("LTI Deep Linking 2.0", "4.4")
@pytest.mark.parametrize(
    ("person", "roles", "status"),
    [
        ("instructor", [f"{MEMBERSHIP}/Instructor#TeachingAssistant"], 200),
        ("instructor", [f"{MEMBERSHIP}#ContentDeveloper"], 200),
        ("administrator", [f"{MEMBERSHIP}#Administrator"], 200),
        ("administrator", ["http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor"], 403),
        ("mentor", [f"{MEMBERSHIP}#Mentor"], 403),
        ("student", [LEARNER], 403),
        ("student", [], 403),
        (
            "test-user",
            [f"{MEMBERSHIP}#Instructor", "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"],
            403,
        ),
    ],
)
def test_who_may_place_content_is_told_by_roles_in_the_course(
    author: Author, person: str, roles: list[str], status: int
) -> None:
    page = author.comes(person, overrides={"roles": roles})

    assert page.status_code == status
    if status == 403:
        assert "not_an_author" in page.text
        assert "Your course told us" in page.text
        assert not DeepLinkingRequest.objects.exists()


def test_an_author_reaches_nothing_else_of_the_course(author: Author) -> None:
    place = str(author.comes().url)
    launch = place.rstrip("/").rpartition("/")[2]

    for path in ("class/", "caseload/", "mine/", "capture/", "consent/"):
        assert author.http.get(f"{author.platform.tool.origin}/l/{launch}/{path}").status_code == 403


@pytest.mark.spec("LTI 1.3 Core", "5.4.6")
def test_parameters_that_are_not_ours_are_ignored_at_the_launch(author: Author) -> None:
    custom = {"page": "$Bogus.variable", "difficulty": "77", "due_date": "$ResourceLink.due"}

    page = author.comes("instructor", message=Message.RESOURCE_LINK, overrides={"custom": custom})

    kept = ResourceLink.objects.get()
    assert page.url.path.endswith("/class/")
    assert (kept.page, kept.difficulty, kept.due_date) == ("", None, None)


@pytest.mark.spec("LTI Deep Linking 2.0", "4.4")
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (None, "return_address_missing"),
        ("javascript:alert(1)", "return_address_not_web"),
        ("data:text/html,x", "return_address_not_web"),
        ("https://elsewhere.example/", "return_address_foreign"),
    ],
)
def test_a_request_that_wants_its_answer_elsewhere_is_refused(
    author: Author, address: str | None, reason: str
) -> None:
    page = _asked_to_return_to(author, address)

    assert page.status_code == 403
    assert f"launch_refused.{reason}" in page.text
    assert address is None or address not in page.text


def _asked_to_return_to(author: Author, address: str | None) -> httpx.Response:
    settings = {
        "deep_link_return_url": address,
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe"],
    }
    return author.comes(overrides={DEEP_LINKING_SETTINGS: settings})


@pytest.mark.spec("LTI PNS 1.0", "3")
def test_a_date_of_last_term_does_not_come_along_into_a_copied_course(author: Author) -> None:
    def due_after_launch(day: datetime) -> date | None:
        custom = {"page": "calm", "due_date": f"{day:%Y-%m-%d}"}
        author.comes("instructor", message=Message.RESOURCE_LINK, overrides={"custom": custom})
        return ResourceLink.objects.get().due_date

    past, ahead = now() - timedelta(days=30), now() + timedelta(days=30)
    assert due_after_launch(past) == past.date()  # overdue, and so it stays

    Context.objects.update(copied_at=now())
    assert due_after_launch(past) is None
    assert due_after_launch(ahead) == ahead.date()
