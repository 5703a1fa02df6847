"""The page on which a counselor takes files out, and what the student reads of it."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

import pyrage
import pytest
from django.http import HttpResponse

from lti_tool.core import clock
from lti_tool.domain.exporting import ARCHIVES_A_DAY
from lti_tool.lti.models import Context
from lti_tool.records.archive import tool
from lti_tool.records.models import MentalHealthFile
from tests import factories as make
from tests.factories.people import INSTRUCTOR

pytestmark = pytest.mark.django_db
KEY = pyrage.x25519.Identity.generate()
GOOD = {"purpose": "moving", "recipient": str(KEY.to_public()), "understood": "yes"}
WORDS = "oyster ladder quiet melon tram"


@pytest.fixture
def at() -> datetime:
    return clock.now()


@pytest.fixture
def context(db: None) -> Context:
    return make.make_context()


@pytest.fixture
def file(context: Context, at: datetime) -> MentalHealthFile:
    return make.history(make.consenting(context, at=at), context, [[0.1, 0.2, 0.3]] * 4, until=at)


@pytest.fixture
def counselor(context: Context, at: datetime) -> make.Browser:
    return make.enter(make.make_counselor(context, at=at), context)


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def ask(browser: make.Browser, **values: str) -> HttpResponse:
    return browser.post(browser.address("records:export"), values)  # type: ignore[return-value]


def test_a_counselor_takes_out_the_course(counselor: make.Browser, file: MentalHealthFile) -> None:
    page = counselor.get(counselor.address("records:export"))
    assert "does not expire" in page.content.decode()
    assert "What students wrote about their sessions is in it, too" in page.content.decode()
    response = ask(counselor, **GOOD)
    assert 'filename="attune-statistics-i-' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    contents = tool.check(tool.open_archive(body(response), identity=str(KEY)))
    assert (contents.manifest["files"], contents.manifest["records"]) == (1, 12)


def test_a_counselor_takes_out_one_record_behind_a_passphrase(
    counselor: make.Browser, file: MentalHealthFile, context: Context, at: datetime
) -> None:
    make.history(make.consenting(context, at=at), context, [[0.1]], until=at)
    address = counselor.address("records:export_one", file=file.public_id)
    response = counselor.post(
        address, {"purpose": "legal_duty", "passphrase": WORDS, "again": WORDS, "understood": "yes"}
    )
    contents = tool.check(tool.open_archive(body(response), passphrase=WORDS))
    assert (contents.manifest["files"], contents.manifest["purpose"]) == (1, "legal_duty")


def test_what_is_missing_is_said_and_nothing_leaves(counselor: make.Browser, file: MentalHealthFile) -> None:
    wrong: list[tuple[dict[str, str], str]] = [
        ({}, "Choose why the records leave"),
        (GOOD | {"purpose": "curiosity"}, "Choose why the records leave"),
        (GOOD | {"recipient": ""}, "Give a public key or a passphrase"),
        (GOOD | {"passphrase": WORDS, "again": WORDS}, "not both"),
        (GOOD | {"recipient": "age1nonsense"}, "not a public key"),
        (GOOD | {"recipient": "", "passphrase": WORDS, "again": WORDS[:-1]}, "not the same"),
        (GOOD | {"recipient": "", "passphrase": "short", "again": "short"}, "20 characters or more"),
        (GOOD | {"understood": ""}, "Confirm that you will look after"),
    ]
    for values, said in wrong:
        response = ask(counselor, **values)
        assert response.status_code == HTTPStatus.BAD_REQUEST, said
        assert said in response.content.decode()
    assert "Taken out" not in read_own(file)


def test_a_secret_key_that_was_pasted_is_not_shown_again(
    counselor: make.Browser, file: MentalHealthFile
) -> None:
    page = ask(counselor, **(GOOD | {"recipient": str(KEY)})).content.decode()
    assert "This is the secret key" in page
    assert str(KEY) not in page


def read_own(file: MentalHealthFile) -> str:
    browser = make.enter(file.student, file.context)
    return str(browser.get(browser.address("dashboards:mine")).content.decode())


def test_the_student_reads_that_and_when_it_was_taken_out(
    counselor: make.Browser, file: MentalHealthFile
) -> None:
    assert "Taken out by a counselor" not in read_own(file)
    ask(counselor, **GOOD)
    assert "Taken out by a counselor" in read_own(file)


def test_nobody_else_gets_there(context: Context, file: MentalHealthFile) -> None:
    for browser in (
        make.enter(file.student, context),
        make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,)),
    ):
        for page in ("records:export", "records:archive_tool"):
            assert browser.get(browser.address(page)).status_code == HTTPStatus.FORBIDDEN
        assert ask(browser, **GOOD).status_code == HTTPStatus.FORBIDDEN


def test_where_nobody_shares_there_is_nothing_to_take_out(counselor: make.Browser) -> None:
    page = counselor.get(counselor.address("records:export"))
    assert page.status_code == HTTPStatus.CONFLICT
    assert "Nobody in this course shares a record with you" in page.content.decode()


def test_too_many_in_a_day_are_told_when_to_come_back(
    counselor: make.Browser, file: MentalHealthFile
) -> None:
    for _ in range(ARCHIVES_A_DAY):
        assert ask(counselor, **GOOD).status_code == HTTPStatus.OK
    refused = ask(counselor, **GOOD)
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Come back in 24 hours" in refused.content.decode()


def test_the_page_hands_out_the_tool_itself(counselor: make.Browser, file: MentalHealthFile) -> None:
    handed: Callable[[str], bytes] = lambda name: counselor.get(counselor.address(name)).content  # noqa: E731
    assert handed("records:archive_tool").startswith(b'"""Open, check and read an archive')
