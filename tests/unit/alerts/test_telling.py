"""Who is told, when and how often. What a message says lies in test_messages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from lti_tool.alerts import services
from lti_tool.alerts.models import Notice, NoticeKind
from lti_tool.alerts.services.telling import tell_counselors
from lti_tool.domain.cases import ClosingReason, Step
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import MentalHealthFile
from tests import factories as make
from tests.factories.times import NOW
from tests.unit.alerts import cases
from tests.unit.alerts.cases import DAY

HOUR = timedelta(hours=1)
SATURDAY = datetime(2026, 11, 21, 12, tzinfo=UTC)


def told() -> list[str]:
    """To whom messages went since the last time it was asked, sorted."""
    found = sorted(to for message in mail.outbox for to in message.to)
    mail.outbox.clear()
    return found


@pytest.fixture
def address(counselor: PlatformUser) -> str:
    return cases.addressed(counselor, email="cora@example.edu").email


def test_a_new_case_is_told_at_once_to_every_counselor_of_the_course_with_an_address(
    file: MentalHealthFile, address: str, context: Context
) -> None:
    cases.addressed(make.make_counselor(context), email="cato@example.edu")
    cases.addressed(make.make_counselor(make.make_context(deployment=context.deployment)))
    make.make_counselor(context, name="has no address")
    cases.raised(file)
    assert services.send_notices(at=NOW) == 2
    assert told() == ["cato@example.edu", "cora@example.edu"]
    assert services.send_notices(at=NOW + HOUR) == 0
    assert services.send_digests(at=NOW + HOUR) == 0


def test_nobody_is_told_of_a_case_of_their_own(file: MentalHealthFile, address: str) -> None:
    make.make_counselor_of(file.student, file.context)
    cases.addressed(file.student, email="ada@example.edu")
    case = cases.raised(file)
    for kind in NoticeKind:
        tell_counselors(case=case, kind=kind, everybody=True, at=NOW)
    services.send_notices(at=NOW)
    assert set(told()) == {"cora@example.edu"}


def test_what_is_over_the_weeks_budget_comes_in_one_message_a_day(context: Context, address: str) -> None:
    cases.desk(context, weekly_budget=2)
    cases.raised_of_many(context, 5)
    assert services.send_notices(at=NOW) == 2
    assert services.send_digests(at=NOW) == 1
    assert told() == [address] * 3
    cases.raised_of_many(context, 2)
    assert services.send_digests(at=NOW + 6 * HOUR) == 0, "there was one today"
    assert services.send_digests(at=NOW + 20 * HOUR) == 0, "nobody is there at six in the morning"
    assert services.send_digests(at=NOW + DAY) == 1
    assert services.send_digests(at=NOW + 2 * DAY) == 0, "nothing waits"


def test_the_budget_begins_anew_on_monday(context: Context, address: str) -> None:
    cases.desk(context, weekly_budget=1)
    cases.raised_of_many(context, 2)
    cases.raised_of_many(context, 1, at=datetime(2026, 11, 23, 0, 1, tzinfo=UTC))
    assert list(Notice.objects.order_by("pk").values_list("at_once", flat=True)) == [True, False, True]


def test_a_digest_waits_until_somebody_is_there(context: Context, address: str) -> None:
    cases.desk(context, weekly_budget=0)
    cases.raised_of_many(context, 3, at=SATURDAY)
    assert services.send_notices(at=SATURDAY) == 0
    assert services.send_digests(at=SATURDAY) == 0
    assert services.send_digests(at=SATURDAY + 2 * DAY) == 1
    assert "New: 3" in mail.outbox[0].body


def test_who_wants_only_the_daily_message_gets_only_that(
    file: MentalHealthFile, counselor: PlatformUser
) -> None:
    cases.addressed(counselor, only_digest=True)
    cases.raised(file)
    assert services.send_notices(at=NOW) == 0
    assert services.send_digests(at=NOW) == 1


def test_who_asks_for_contact_waits_for_no_budget_and_no_office_hours(
    context: Context, counselor: PlatformUser, student: PlatformUser
) -> None:
    cases.desk(context, weekly_budget=0)
    cases.addressed(counselor, only_digest=True)
    cases.asked(student, context, at=SATURDAY)
    assert services.send_notices(at=SATURDAY) == 1


def test_who_asks_again_is_told_of_again_after_a_day_and_not_before(
    context: Context, address: str, student: PlatformUser
) -> None:
    for at in (NOW, NOW + HOUR, NOW + DAY, NOW + DAY + HOUR):
        cases.asked(student, context, at=at)
        services.send_notices(at=at)
    assert told() == [address] * 2


def test_who_has_the_case_is_told_alone_and_everybody_when_they_are_no_counselor_any_more(
    context: Context, address: str, counselor: PlatformUser, student: PlatformUser
) -> None:
    colleague = cases.addressed(make.make_counselor(context), email="cato@example.edu")
    case = cases.asked(student, context)
    services.take_step(case=case, by=counselor, step=Step.ACKNOWLEDGE, at=NOW)
    services.send_notices(at=NOW)
    told()
    cases.asked(student, context, at=NOW + 2 * DAY)
    services.send_notices(at=NOW + 2 * DAY)
    assert told() == [address]
    counselor.counselor_grants.update(revoked_at=NOW + 2 * DAY)
    cases.asked(student, context, at=NOW + 4 * DAY)
    services.send_notices(at=NOW + 4 * DAY)
    assert told() == [colleague.email]


def test_what_somebody_has_seen_to_meanwhile_is_told_no_more(
    context: Context, address: str, counselor: PlatformUser
) -> None:
    colleague = make.make_counselor(context)
    cases.desk(context, weekly_budget=1)
    first, second, third = cases.raised_of_many(context, 3)
    services.take_step(case=first, by=colleague, step=Step.ACKNOWLEDGE, at=NOW)
    services.take_step(case=second, by=colleague, step=Step.ACKNOWLEDGE, at=NOW)
    services.close(case=third, by=colleague, reason=ClosingReason.OTHER, at=NOW)
    assert services.send_notices(at=NOW) + services.send_digests(at=NOW) == 0


def test_an_address_that_was_deleted_stops_nobodys_messages(
    context: Context, address: str, counselor: PlatformUser
) -> None:
    cases.addressed(make.make_counselor(context), email="cato@example.edu")
    cases.desk(context, weekly_budget=1)
    cases.raised_of_many(context, 2)
    counselor.address.delete()
    assert (services.send_notices(at=NOW), services.send_digests(at=NOW)) == (1, 1)
    assert told() == ["cato@example.edu"] * 2


def test_nothing_is_sent_of_a_case_that_was_erased(file: MentalHealthFile, address: str) -> None:
    cases.raised(file)
    services.erase_cases(student=file.student, context=file.context, at=NOW)
    assert services.send_notices(at=NOW) == 0
    assert not Notice.objects.exists()


def test_what_nobody_sees_is_told_louder_and_louder(
    file: MentalHealthFile, context: Context, counselor: PlatformUser, address: str
) -> None:
    """After four staffed hours, eight and sixteen; each step is taken once."""
    cases.desk(context, escalation_address="head@example.edu")
    case = cases.raised(file)
    heard = []
    for at in (NOW, NOW + 3 * HOUR, NOW + 4 * HOUR, NOW + 5 * HOUR, NOW + DAY, NOW + 2 * DAY, NOW + 9 * DAY):
        services.escalate_overdue(at=at)
        services.send_notices(at=at)
        heard.append(told())
    reminder, everybody = [address], [address]
    assert heard == [[address], [], reminder, [], everybody, [address, "head@example.edu"], []]
    case.refresh_from_db()
    assert (case.escalations, case.escalated_at) == (3, NOW + 2 * DAY)


def test_a_reminder_goes_to_who_took_it_and_later_everybody_hears(
    file: MentalHealthFile, context: Context, counselor: PlatformUser, address: str
) -> None:
    """Taken before it was looked at: its owner may be ill."""
    cases.addressed(make.make_counselor(context), email="cato@example.edu")
    case = cases.raised(file)
    services.take_step(case=case, by=counselor, step=Step.ASSIGN, at=NOW)
    services.send_notices(at=NOW)
    told()
    heard = []
    for at in (NOW + 4 * HOUR, NOW + DAY):
        services.escalate_overdue(at=at)
        services.send_notices(at=at)
        heard.append(told())
    assert heard == [[address], ["cato@example.edu", address]]


def test_what_is_acknowledged_or_closed_escalates_no_more(
    context: Context, counselor: PlatformUser, address: str
) -> None:
    cases.desk(context, escalation_address="head@example.edu")
    seen, closed = cases.raised_of_many(context, 2)
    services.send_notices(at=NOW)
    told()
    services.take_step(case=seen, by=counselor, step=Step.ACKNOWLEDGE, at=NOW)
    services.close(case=closed, by=counselor, reason=ClosingReason.FALSE_ALERT, at=NOW)
    assert services.escalate_overdue(at=NOW + 30 * DAY) == 0
    assert services.send_notices(at=NOW + 30 * DAY) == 0
    services.reopen(case=closed, by=counselor, at=NOW + 30 * DAY)
    assert services.escalate_overdue(at=NOW + 60 * DAY) == 0, "whoever reopened it has seen it"


def test_where_nobody_is_ever_there_the_clock_escalates(context: Context, address: str) -> None:
    cases.desk(context, hours=";", escalation_address="head@example.edu")
    cases.raised_of_many(context, 1)
    services.send_notices(at=NOW)
    told()
    assert services.escalate_overdue(at=NOW + 5 * DAY - HOUR) == 0
    assert services.escalate_overdue(at=NOW + 5 * DAY) == 1
    services.send_notices(at=NOW + 5 * DAY)
    assert told() == [address, "head@example.edu"]


def test_without_an_escalation_address_the_counselors_still_hear(context: Context, address: str) -> None:
    cases.raised_of_many(context, 1)
    services.escalate_overdue(at=NOW + 9 * DAY)
    services.send_notices(at=NOW + 9 * DAY)
    assert told() == [address] * 2
