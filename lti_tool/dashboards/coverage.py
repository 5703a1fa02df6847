"""How counseling keeps up, and whether the machine does: numbers for administrators. No person, no case."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

import redis
from django.conf import settings
from django.db.models import Max, Q, Sum

from lti_tool.activation import selectors as activations
from lti_tool.alerts.models import Case, CounselorAddress, Notice, Origin, Outcome
from lti_tool.alerts.selectors import desk_of
from lti_tool.alerts.words import hours_words
from lti_tool.audit.models import Anchorage
from lti_tool.capture.models import Snippet
from lti_tool.domain.activation import missing_for_sensing
from lti_tool.domain.cases import CaseState, ClosingReason, positive_predictive_value
from lti_tool.domain.predictive import Share
from lti_tool.lti.models import CounselorGrant, Deployment
from lti_tool.records.models import SealedSummary

LATELY = timedelta(days=90)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One deployment. Times to acknowledge are in staffed hours; None where nothing was acknowledged."""

    deployment: Deployment
    missing: tuple[str, ...]
    hours: str
    time_zone: str
    is_staffed: bool
    counselors: int
    by_mail: int
    by_state: Sequence[tuple[CaseState, int]]
    overdue: int
    escalated: int
    hours_to_acknowledge: float | None
    closed_for: Sequence[tuple[ClosingReason, int]]
    worth: Share | None

    @property
    def open_cases(self) -> int:
        """All that somebody has to do with."""
        return sum(number for _, number in self.by_state)


@dataclass(frozen=True, slots=True)
class Health:
    """Whether what runs in the background runs."""

    broker_answers: bool
    snippets_waiting: int
    longest_wait_s: int
    summaries_due: int
    notices_waiting: int
    last_anchor: datetime | None


def coverages(at: datetime) -> list[Coverage]:
    """Every deployment whose door is open, by platform."""
    deployments = Deployment.objects.select_related("registration").order_by("registration__issuer", "pk")
    return [coverage_of(deployment, at) for deployment in deployments if deployment.is_open]


def coverage_of(deployment: Deployment, at: datetime) -> Coverage:
    """One of them."""
    cases, desk = Case.objects.filter(context__deployment=deployment), desk_of(deployment)
    counselors = _counselors(deployment, at)
    states = Counter(CaseState(state) for state in cases.open().values_list("state", flat=True))
    reasons = _reasons(deployment)
    return Coverage(
        deployment=deployment,
        missing=missing_for_sensing(activations.activation_in_force(deployment.pk), at),
        hours=hours_words(desk.staffed_hours()),
        time_zone=desk.time_zone,
        is_staffed=desk.staffed_hours().is_staffed(at),
        counselors=len(counselors),
        by_mail=CounselorAddress.objects.filter(counselor__in=counselors).count(),
        by_state=[(state, states[state]) for state in CaseState if state is not CaseState.CLOSED],
        overdue=cases.open().filter(due_at__lte=at).count(),
        escalated=cases.filter(escalated_at__gt=at - LATELY).count(),
        hours_to_acknowledge=_hours_to_acknowledge(deployment, at),
        closed_for=reasons,
        worth=positive_predictive_value([reason for reason, number in reasons for _ in range(number)]),
    )


def health(at: datetime) -> Health:
    """The background, as the database and the broker tell it."""
    waiting = Snippet.objects.waiting().order_by("received_at")
    oldest = waiting.values_list("received_at", flat=True).first()
    anchored = Anchorage.objects.aggregate(last=Max("anchored_at"))["last"]
    return Health(
        broker_answers=_broker_answers(),
        snippets_waiting=waiting.count(),
        longest_wait_s=int((at - oldest).total_seconds()) if oldest else 0,
        summaries_due=SealedSummary.objects.due().count(),
        notices_waiting=Notice.objects.filter(sent_at=None, at_once=True).count(),
        last_anchor=anchored,
    )


def _counselors(deployment: Deployment, at: datetime) -> set[int]:
    in_force = Q(revoked_at=None, granted_at__lte=at, expires_at__gt=at)
    grants = CounselorGrant.objects.filter(in_force, deployment=deployment)
    return set(grants.values_list("user", flat=True))


def _hours_to_acknowledge(deployment: Deployment, at: datetime) -> float | None:
    lately = Case.objects.filter(context__deployment=deployment, acknowledged_at__gt=at - LATELY)
    hours = desk_of(deployment).staffed_hours()
    waits = [
        hours.staffed_time_between(opened, acknowledged) / HOUR
        for opened, acknowledged in lately.values_list("opened_at", "acknowledged_at")
        if acknowledged is not None
    ]
    return median(waits) if waits else None


def _reasons(deployment: Deployment) -> list[tuple[ClosingReason, int]]:
    counted = Outcome.objects.filter(deployment=deployment, origin=Origin.PATTERN).values_list("reason")
    numbers = dict(counted.annotate(Sum("cases")))
    return [(reason, numbers.get(reason.value, 0)) for reason in ClosingReason]


def _broker_answers() -> bool:
    try:
        client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
        return bool(client.ping())
    except redis.exceptions.RedisError:
        return False
