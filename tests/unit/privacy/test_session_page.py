"""A student says something of a session, on a page of their own; shown where it should be."""

import re
import uuid

import pytest

from lti_tool.domain.remarks import LONGEST
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import MentalHealthFile, SessionRemark, StressRecord
from tests import factories as make
from tests.factories.people import INSTRUCTOR

pytestmark = pytest.mark.django_db
WORDS = "I had a <b>migraine</b>,\nnot stress"
SHOWN = "I had a &lt;b&gt;migraine&lt;/b&gt;,<br>not stress"


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make.consenting(context)


@pytest.fixture
def file(student: PlatformUser, context: Context) -> MentalHealthFile:
    return make.history(student, context, [[0.2] * 3] * 3 + [[0.9] * 3])


@pytest.fixture
def browser(file: MentalHealthFile) -> make.Browser:
    return make.enter(file.student, file.context)


def last_session(file: MentalHealthFile) -> uuid.UUID:
    record = StressRecord.objects.of(file).last()
    assert record is not None
    return record.session_id


def read(browser: make.Browser, page: str, **kwargs: object) -> str:
    return browser.get(browser.address(page, **kwargs)).content.decode()


def test_what_is_said_is_on_both_records_and_can_be_changed_and_deleted(
    browser: make.Browser, file: MentalHealthFile
) -> None:
    session = last_session(file)
    address = browser.address("privacy:session", session=session)
    assert address in read(browser, "dashboards:mine")
    browser.post(address, {"text": WORDS, "does_not_fit": "yes"})

    counselor = make.enter(make.make_counselor(file.context), file.context)
    mine = read(browser, "dashboards:mine")
    theirs = read(counselor, "dashboards:student", file=file.public_id)
    for page, words in ((mine, "Does not fit me"), (theirs, "Does not fit them")):
        assert SHOWN in page
        assert words in page
        assert "chart__point--apart" in page
    assert "they say that this does not fit them" in read(counselor, "dashboards:caseload")
    assert address not in theirs

    kept = read(browser, "privacy:session", session=session)
    assert "&lt;b&gt;migraine" in kept
    assert "Delete what I said" in kept
    browser.post(address, {"text": WORDS, "delete": "1"})
    assert "migraine" not in read(browser, "dashboards:mine")
    assert not SessionRemark.objects.exists()


def test_what_is_too_long_comes_back_to_be_shortened(browser: make.Browser, file: MentalHealthFile) -> None:
    answer = browser.post(
        browser.address("privacy:session", session=last_session(file)), {"text": "x" * (LONGEST + 1)}
    )
    assert answer.status_code == 400
    assert "x" * (LONGEST + 1) in answer.content.decode()
    assert f"It has {LONGEST + 1} characters" in answer.content.decode()
    assert not SessionRemark.objects.exists()


def test_the_estimate_is_written_as_the_reader_writes_numbers(
    browser: make.Browser, file: MentalHealthFile
) -> None:
    browser.cookies["attune_language"] = "es"
    page = read(browser, "privacy:session", session=last_session(file))
    assert re.search(r"\b0,90 \(", page)
    assert f'maxlength="{LONGEST}"' in page


def test_nobody_speaks_of_a_session_of_somebody_else(file: MentalHealthFile) -> None:
    session = last_session(file)
    other = make.consenting(file.context, name="Bob")
    make.history(other, file.context, [[0.5] * 3])
    for stranger in (other, make.make_student(file.context)):
        browser = make.enter(stranger, file.context)
        address = browser.address("privacy:session", session=session)
        assert browser.get(address).status_code == browser.post(address, {"text": "x"}).status_code == 404
    teacher = make.enter(make.make_instructor(file.context), file.context, roles=(INSTRUCTOR,))
    assert teacher.get(teacher.address("privacy:session", session=session)).status_code == 403
    assert not SessionRemark.objects.exists()
