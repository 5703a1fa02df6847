"""Which cases there are, and for whom. Opens nothing that is sealed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lti_tool.alerts.errors import CaseMissing
from lti_tool.alerts.models import CareDesk, Case, CaseQuerySet
from lti_tool.consent import selectors as consent
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, Deployment, PlatformUser
from lti_tool.lti.selectors import active_grant, courses_in_care

SHOWN_WITH = ("student", "owner", "context__deployment", "data_key")
"""What is needed to open a case and to say whose it is, in the one question that finds it."""


def cases_in_care(counselor: PlatformUser, deployment: Deployment, at: datetime) -> CaseQuerySet:
    """Cases of every course in which this person is a counselor; never their own."""
    courses = courses_in_care(counselor, deployment, at)
    cases = Case.objects.in_courses([course.pk for course in courses]).not_about(counselor)
    return cases.select_related(*SHOWN_WITH)


def case_in_care(counselor: PlatformUser, deployment: Deployment, public_id: UUID, at: datetime) -> Case:
    """One of them. Raises CaseMissing, whether it does not exist or is not open to them."""
    case = cases_in_care(counselor, deployment, at).filter(public_id=public_id).first()
    if case is None:
        raise CaseMissing
    return case


def own_cases(student: PlatformUser, context: Context) -> QuerySet[Case]:
    """A student's cases in a course, the newest first: they see one as soon as a counselor does."""
    return Case.objects.of(student, context).select_related(*SHOWN_WITH).order_by("-opened_at")


def own_case(student: PlatformUser, context: Context, public_id: UUID) -> Case:
    """One of them. Raises CaseMissing."""
    case = own_cases(student, context).filter(public_id=public_id).first()
    if case is None:
        raise CaseMissing
    return case


def open_case_of(student: PlatformUser, context: Context) -> Case | None:
    """The case that is open about a student in a course, if one is."""
    return own_cases(student, context).filter(closed_at=None).first()


def shows_measurements(case: Case) -> bool:
    """Whether counselors may read what was measured. Who only asked for contact shared nothing by that."""
    return consent.permits(student=case.student, context=case.context, purpose=Purpose.COUNSELOR)


def is_counselor_of(person: PlatformUser, case: Case, at: datetime) -> bool:
    """Whether somebody may take this case over."""
    return person.pk != case.student_id and active_grant(person, case.context, at) is not None


def require_counselor(person: PlatformUser, case: Case, at: datetime) -> None:
    """Pass a counselor of the course, in a case of somebody else. Raises CaseMissing."""
    if not is_counselor_of(person, case, at):
        raise CaseMissing


def colleagues_in(context: Context, at: datetime, *, but: Sequence[int] = ()) -> list[PlatformUser]:
    """Everybody who is a counselor in a course, by name."""
    people = PlatformUser.objects.filter(counselor_grants__deployment=context.deployment_id).distinct()
    found = [p for p in people.exclude(pk__in=but) if active_grant(p, context, at) is not None]
    return sorted(found, key=lambda person: (person.display_name.casefold(), person.pk))


def desk_of(deployment: Deployment | int) -> CareDesk:
    """How counseling works there; as it is by default where nobody said so."""
    pk = deployment if isinstance(deployment, int) else deployment.pk
    return CareDesk.objects.filter(deployment=pk).first() or CareDesk(deployment_id=pk)


def newest_change(cases: CaseQuerySet) -> datetime | None:
    """When anything in these cases changed last: what a waiting page asks."""
    return cases.order_by("-changed_at").values_list("changed_at", flat=True).first()
