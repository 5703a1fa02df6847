"""Words of cases for templates. Knows codes and nothing else."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext_lazy as _

from lti_tool.alerts import words
from lti_tool.alerts.words import Words
from lti_tool.dashboards.queue import Show
from lti_tool.domain.cases import CaseState, Step, Urgency

register = template.Library()

PARTS: dict[Show, Words] = {
    Show.WAITING: _("Open"),
    Show.MINE: _("Mine"),
    Show.CLOSED: _("Closed"),
}


@register.filter
def part_words(part: Show) -> Words:
    """The name of a part of the queue."""
    return PARTS[part]


@register.filter
def at(counts: Mapping[Show, int], part: Show) -> int:
    """How many there are in a part."""
    return counts[part]


@register.filter
def urgency_words(urgency: Urgency) -> Words:
    """Why a case stands where it stands."""
    return words.URGENCIES[urgency]


@register.filter
def state_words(state: str) -> Words:
    """How far a case has come, to a counselor."""
    return words.STATES[CaseState(state)]


@register.filter
def state_for_student(state: str) -> Words:
    """The same, to the student."""
    return words.FOR_STUDENT[CaseState(state)]


@register.filter
def step_done(step: str) -> Words:
    """What somebody did."""
    return words.DONE[Step(step)]


@register.filter
def case_detail(detail: str) -> Words:
    """The words of a step's code."""
    return words.detail_words(detail)


@register.filter
def tenths(share: float) -> int:
    """A share from 0 to 1 as so many in 10."""
    return round(share * 10)
