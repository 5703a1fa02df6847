"""What is held of a person is shown, table by table; what is not shown has a reason."""

from itertools import chain

import pytest
from django.apps import apps
from django.db import models

from lti_tool.alerts.models import CaseStep
from lti_tool.audit.models import AuditEntry
from lti_tool.consent import services as consent
from lti_tool.lti.models import CounselorInvitation, PlatformUser
from lti_tool.privacy import selectors
from lti_tool.privacy.holdings import NOT_SHOWN, SHOWN, holdings_in, holdings_outside
from lti_tool.privacy.kept import KEPT
from tests import factories as make
from tests.factories.times import NOW


def test_every_table_that_is_kept_is_shown_or_has_a_reason_and_never_both() -> None:
    shown = {entry.table for entry in SHOWN}
    assert shown | set(NOT_SHOWN) == set(KEPT)
    assert not shown & set(NOT_SHOWN)
    assert [why for why in NOT_SHOWN.values() if not why.endswith(".")] == []


def leads_to_a_person(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether any chain of foreign keys ends at a person."""
    if model is PlatformUser:
        return True
    further = [
        field.related_model
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
    ]
    return any(leads_to_a_person(to, seen | {model}) for to in further if to not in seen)


def test_every_table_from_which_a_person_can_be_reached_is_shown() -> None:
    reaching = {model._meta.label for model in apps.get_models() if leads_to_a_person(model)}
    assert {"capture.Snippet", "lti.TabPass", "records.SessionRemark"} <= reaching
    assert reaching <= {entry.table for entry in SHOWN}


def test_nothing_of_a_full_life_is_missed(person: PlatformUser) -> None:
    grant = person.counselor_grants.get()
    CounselorInvitation.objects.create(
        deployment=grant.deployment,
        token_hash="x",
        created_at=NOW,
        expires_at=NOW,
        grant_expires_at=NOW,
        grant=grant,
    )
    mine = person.files.filter(closed_at=None)[0]
    other = make.history(make.consenting(mine.context), mine.context, [[0.5] * 3])
    make.make_emergency(mine, make.make_counselor(mine.context))
    make.make_emergency(other, person)
    everything = holdings_in(person, selectors.every_course_of(person))
    assert [str(course) for course, _ in everything] == ["Latin", "Statistics <I>"]
    held = chain(holdings_outside(person), *(holdings for _, holdings in everything))
    assert {holding.words for holding in held} == {entry.words for entry in SHOWN}


def test_numbers_and_dates_are_those_of_the_rows(person: PlatformUser) -> None:
    make.history(make.consenting(person.files.all()[0].context), person.files.all()[0].context, [[0.5] * 9])
    everything = dict(holdings_in(person, selectors.every_course_of(person)))
    latin = next(holdings for course, holdings in everything.items() if course.title == "Latin")
    (measured,) = [holding for holding in latin if holding.words == "Measurements, sealed"]
    assert measured.number == 13
    assert measured.last == NOW
    assert measured.first is not None
    assert measured.first < NOW


def test_the_audits_lines_are_those_by_a_person_and_about_what_is_theirs(person: PlatformUser) -> None:
    other = make.consenting(person.files.all()[0].context)
    lines = {entry.words: entry for entry in SHOWN}[
        next(e.words for e in SHOWN if e.table == "audit.AuditEntry")
    ]
    mine, theirs = set(lines.of(person)), set(lines.of(other))
    assert mine
    assert theirs
    assert not mine & theirs
    counselors = {str(step.by.pseudonym) for step in CaseStep.objects.filter(case__student=person) if step.by}
    assert {str(person.pseudonym), "system", *counselors} == {entry.actor for entry in mine}
    assert len(counselors) == 2
    assert mine | theirs == set(AuditEntry.objects.all())


@pytest.mark.django_db
def test_of_who_declined_little_is_held_and_that_is_shown() -> None:
    context = make.make_context()
    student = make.make_student(context, name="")
    consent.decline(student=student, context=context, at=NOW)
    ((_, held),) = holdings_in(student, selectors.every_course_of(student))
    assert [holding.words for holding in held] == ["Your answers about consent"]
    outside = [str(holding.words) for holding in holdings_outside(student)]
    assert outside[0].startswith("What your platform calls you")
    assert len(outside) == 2
