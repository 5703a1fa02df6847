"""Where the law wants sharing to begin with the student, it is an act of its own, from their own page."""

from collections.abc import Collection
from datetime import timedelta
from itertools import product

import pytest

from lti_tool.activation.models import Activation, ActivationState
from lti_tool.consent import selectors, services
from lti_tool.consent.errors import ConsentIncomplete, ConsentMissing, SensingLocked
from lti_tool.consent.models import Consent
from lti_tool.core.clock import now
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.errors import FileRefused
from lti_tool.records.selectors import files_in_care
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db

BY_ACT = ("US-IL", "US-NV", "US-CO")
CAMERA = (Purpose.CAMERA,)


def course_in(place: str) -> Context:
    deployment = make.make_deployment()
    make.make_activation(deployment, jurisdiction=place, assessment_date="2026-09-01")
    return make.make_context(deployment=deployment)


def say_yes(student: PlatformUser, context: Context, purposes: Collection[Purpose] = CAMERA) -> Consent:
    return services.give_consent(
        student=student, context=context, purposes=purposes, adult_confirmed=True, at=NOW
    )


def may_be_read(student: PlatformUser, context: Context, counselor: PlatformUser) -> bool:
    """Through every door there is for a counselor."""
    file = records.open_file(student=student, context=context, at=NOW)
    reader = str(counselor.pseudonym)
    try:
        records.read_file(file=file, reader=reader, purpose="caseload", at=NOW)
        read = True
    except FileRefused:
        read = False
    listed = file in files_in_care(counselor, context, NOW)
    named = selectors.students_sharing_with_counselor(context) == [student]
    assert read == listed == named
    return read


@pytest.mark.spec("Illinois Public Act 104-0054, Nevada AB 406, Colorado HB 26-1195", "sharing")
@pytest.mark.parametrize("place", BY_ACT)
@pytest.mark.parametrize("with_class", [True, False])
def test_a_yes_alone_brings_nothing_before_a_counselor(place: str, with_class: bool) -> None:
    context = course_in(place)
    student, counselor = make.make_student(context), make.make_counselor(context)
    say_yes(student, context, [Purpose.CAMERA, Purpose.CLASS] if with_class else CAMERA)
    assert not may_be_read(student, context, counselor)


@pytest.mark.parametrize("place", BY_ACT)
def test_a_tick_beside_the_cameras_is_refused(place: str) -> None:
    context = course_in(place)
    with pytest.raises(ConsentIncomplete):
        say_yes(make.make_student(context), context, tuple(Purpose))
    assert not Consent.objects.exists()


@pytest.mark.parametrize("place", BY_ACT)
def test_the_students_own_act_opens_it_and_another_closes_it(place: str) -> None:
    context = course_in(place)
    student, counselor = make.make_student(context), make.make_counselor(context)
    say_yes(student, context, (Purpose.CAMERA, Purpose.CLASS))

    services.show_to_counselors(student=student, context=context, at=NOW)
    assert may_be_read(student, context, counselor)
    say_yes(student, context, CAMERA)
    assert may_be_read(student, context, counselor)

    hide(student, context)
    assert not may_be_read(student, context, counselor)
    assert selectors.permits(student=student, context=context, purpose=Purpose.CAMERA)
    say_yes(student, context, CAMERA)
    assert not may_be_read(student, context, counselor)


def test_not_now_and_withdrawal_end_the_showing_too() -> None:
    for end in (services.decline, services.withdraw_consent):
        context = course_in("US-IL")
        student, counselor = make.make_student(context), make.make_counselor(context)
        say_yes(student, context)
        services.show_to_counselors(student=student, context=context, at=NOW)
        end(student=student, context=context, at=NOW)
        assert not may_be_read(student, context, counselor)
        say_yes(student, context)
        assert not may_be_read(student, context, counselor)


def test_there_is_nothing_to_show_without_a_yes_or_where_it_is_locked() -> None:
    context = course_in("US-IL")
    student = make.make_student(context)
    with pytest.raises(ConsentMissing):
        services.show_to_counselors(student=student, context=context, at=NOW)
    say_yes(student, context)
    Activation.objects.update(expires_at=NOW)
    with pytest.raises(SensingLocked):
        services.show_to_counselors(student=student, context=context, at=NOW)
    hide(student, context)


@pytest.mark.parametrize(("before", "after"), product(["elsewhere", "GB"], BY_ACT))
def test_a_choice_made_under_another_law_counts_no_more_when_the_place_changes(
    before: str, after: str
) -> None:
    context = course_in(before)
    student, counselor = make.make_student(context), make.make_counselor(context)
    say_yes(student, context, tuple(Purpose))
    assert may_be_read(student, context, counselor)

    Activation.objects.update(state=ActivationState.SUPERSEDED, ended_at=NOW)
    make.make_activation(context.deployment, jurisdiction=after, version=2)
    assert not may_be_read(student, context, counselor)


def test_where_no_place_was_ever_signed_for_nothing_comes_before_a_counselor() -> None:
    context = course_in("elsewhere")
    student, counselor = make.make_student(context), make.make_counselor(context)
    say_yes(student, context, tuple(Purpose))
    Activation.objects.all().delete()
    assert not may_be_read(student, context, counselor)


def test_no_counselor_learns_the_name_of_who_did_not_show_the_record() -> None:
    context = course_in("US-CO")
    student = make.make_student(context, name="")
    make.make_launch(student, context, name="Ada Lovelace")
    say_yes(student, context)
    assert not PlatformUser.objects.get(pk=student.pk).name_shared

    services.show_to_counselors(student=student, context=context, at=NOW)
    assert PlatformUser.objects.get(pk=student.pk).name == "Ada Lovelace"
    student.refresh_from_db()
    hide(student, context)
    assert PlatformUser.objects.get(pk=student.pk).name == ""


def test_the_act_is_on_the_students_own_page_and_off_until_it_is_done() -> None:
    context = course_in("US-IL")
    student, counselor = make.make_student(context), make.make_counselor(context)
    browser = make.enter(student, context)
    asked = browser.get(browser.address("consent:page")).content.decode()
    assert 'id="camera"' in asked
    assert 'id="counselor"' not in asked
    assert "on the page of your record" in asked

    say_yes(student, context)
    assert "Show it to the counselors" not in _mine(browser)
    make.history(student, context, [[0.3, 0.4]], until=now())
    assert "No counselor can see this record" in _mine(browser)

    browser.post(browser.address("consent:counselors"), {"show": "1"})
    assert "Stop showing it to counselors" in _mine(browser)
    assert may_be_read(student, context, counselor)
    browser.post(browser.address("privacy:take_back", purpose="counselor"))
    assert "No counselor can see this record" in _mine(browser)


def test_elsewhere_the_choice_stays_on_the_consent_page() -> None:
    context = course_in("GB")
    student = make.make_student(context)
    browser = make.enter(student, context)
    assert 'id="counselor"' in browser.get(browser.address("consent:page")).content.decode()
    say_yes(student, context)
    make.history(student, context, [[0.3, 0.4]], until=now())
    assert "Show it to the counselors" not in _mine(browser)


def hide(student: PlatformUser, context: Context) -> None:
    services.withdraw_purpose(student=student, context=context, purpose=Purpose.COUNSELOR, at=NOW)


def _mine(browser: make.Browser) -> str:
    return browser.get(browser.address("dashboards:mine")).content.decode()


def test_the_page_asks_for_the_age_on_record_and_a_higher_one_asks_again() -> None:
    deployment = make.make_deployment()
    make.make_activation(deployment, least_age=16, lower_age_reason="a sixth form")
    context = make.make_context(deployment=deployment)
    student = make.make_student(context)
    browser = make.enter(student, context)
    assert "I am 16 or older" in browser.get(browser.address("consent:page")).content.decode()
    refused = browser.post(browser.address("consent:page"), {"answer": "yes", "purposes": ["camera"]})
    assert "Confirm that you are 16 or older" in refused.content.decode()

    assert say_yes(student, context).age_asked == 16
    assert selectors.permits(student=student, context=context, purpose=Purpose.CAMERA)
    Activation.objects.update(least_age=18)
    assert not selectors.permits(student=student, context=context, purpose=Purpose.CAMERA)
    assert "I am 18 or older" in browser.get(browser.address("consent:page")).content.decode()
    say_yes(student, context)
    Activation.objects.update(least_age=16)
    assert selectors.permits(student=student, context=context, purpose=Purpose.CAMERA)


def test_the_page_says_how_long_this_deployment_keeps_what_it_measures() -> None:
    deployment = make.make_deployment()
    make.make_activation(deployment, record_days=45, at=NOW - timedelta(days=1))
    context = make.make_context(deployment=deployment)
    browser = make.enter(make.make_student(context), context)
    assert "45 days at most" in browser.get(browser.address("consent:page")).content.decode()
