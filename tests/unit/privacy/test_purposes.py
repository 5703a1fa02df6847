"""One purpose is taken back at once, alone, with a receipt; the camera's takes everything along."""

from datetime import timedelta

import pytest

from lti_tool.activation.models import Activation
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.consent import selectors as consent
from lti_tool.consent.models import Consent
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.privacy.models import Receipt
from lti_tool.privacy.sealed_receipts import Details, details_of
from lti_tool.records import selectors
from lti_tool.records.models import StressRecord
from tests import factories as make
from tests.factories.people import INSTRUCTOR
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    student = make.consenting(context)
    make.history(student, context, [[0.1, 0.2, 0.3]])
    return student


def allowed(student: PlatformUser, context: Context) -> set[Purpose]:
    return {p for p in Purpose if consent.permits(student=student, context=context, purpose=p)}


@pytest.mark.parametrize("purpose", [Purpose.COUNSELOR, Purpose.CLASS])
def test_one_alone_is_taken_back_and_nothing_is_deleted(
    student: PlatformUser, context: Context, purpose: Purpose
) -> None:
    receipt = privacy.withdraw_purpose(student=student, context=context, purpose=purpose, at=LATER)
    assert allowed(student, context) == set(Purpose) - {purpose}
    assert (details_of(receipt), receipt.given_at) == (Details(purpose.value), LATER)
    assert StressRecord.objects.count() == 3
    assert AuditEntry.objects.get(action=Action.CONSENT_WITHDRAWN).purpose == purpose


def test_a_counselor_is_shut_out_at_once_and_loses_the_name(student: PlatformUser, context: Context) -> None:
    counselor = make.make_counselor(context)
    assert selectors.files_in_care(counselor, context, LATER)
    privacy.withdraw_purpose(student=student, context=context, purpose=Purpose.COUNSELOR, at=LATER)
    assert selectors.files_in_care(counselor, context, LATER) == []
    student.refresh_from_db()
    assert student.name == ""


def test_who_is_no_longer_counted_is_in_no_later_week(student: PlatformUser, context: Context) -> None:
    assert consent.students_counted_in_class(context) == [student]
    privacy.withdraw_purpose(student=student, context=context, purpose=Purpose.CLASS, at=LATER)
    assert consent.students_counted_in_class(context) == []


def test_without_the_camera_nothing_holds_and_nothing_is_left(
    student: PlatformUser, context: Context
) -> None:
    receipt = privacy.withdraw_purpose(student=student, context=context, purpose=Purpose.CAMERA, at=LATER)
    assert allowed(student, context) == set()
    assert details_of(receipt) == Details("", 3, 0)
    assert not StressRecord.objects.exists()


def test_asked_twice_or_by_who_never_said_yes_it_changes_nothing(
    student: PlatformUser, context: Context
) -> None:
    other = make.make_student(context)
    for person in (student, student, other):
        privacy.withdraw_purpose(student=person, context=context, purpose=Purpose.CLASS, at=LATER)
    assert allowed(student, context) == {Purpose.CAMERA, Purpose.COUNSELOR}
    assert Consent.objects.filter(student=student).count() == 2
    assert not Consent.objects.filter(student=other).exists()


def test_it_is_not_undone_when_an_earlier_law_or_text_holds_again(
    student: PlatformUser, context: Context
) -> None:
    Activation.objects.update(least_age=21)
    assert allowed(student, context) == set()
    privacy.withdraw_purpose(student=student, context=context, purpose=Purpose.COUNSELOR, at=LATER)
    Activation.objects.update(least_age=18)
    assert allowed(student, context) == {Purpose.CAMERA, Purpose.CLASS}


def test_another_course_and_another_student_keep_theirs(student: PlatformUser, context: Context) -> None:
    other_course = make.make_context(deployment=context.deployment)
    make.give_everything(student, other_course)
    other = make.consenting(context)
    privacy.withdraw_purpose(student=student, context=context, purpose=Purpose.COUNSELOR, at=LATER)
    assert allowed(student, other_course) == allowed(other, context) == set(Purpose)
    student.refresh_from_db()
    assert student.name == "Ada"


@pytest.mark.parametrize(
    ("purpose", "before", "after"),
    [
        ("counselor", "From that moment none can open it", "No counselor can open your record any more"),
        ("class", "No later week has you in it", "You are no longer counted"),
    ],
)
def test_one_click_from_the_record_with_what_happens_said_before(
    student: PlatformUser, context: Context, purpose: str, before: str, after: str
) -> None:
    browser = make.enter(student, context)
    button = f'action="{browser.address("privacy:take_back", purpose=purpose)}"'
    page = browser.get(browser.address("dashboards:mine")).content.decode()
    assert before in page
    assert button in page

    said = browser.post(browser.address("privacy:take_back", purpose=purpose), follow=True).content.decode()
    assert after in said
    assert str(Receipt.objects.get().public_id) in said
    assert button not in browser.get(browser.address("dashboards:mine")).content.decode()


def test_a_purpose_is_taken_back_by_its_person_with_a_button_only(
    student: PlatformUser, context: Context
) -> None:
    browser = make.enter(student, context)
    assert browser.get(browser.address("privacy:take_back", purpose="class")).status_code == 405
    teacher = make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,))
    assert teacher.post(teacher.address("privacy:take_back", purpose="class")).status_code == 403
    assert allowed(student, context) == set(Purpose)
