"""Words of cases for templates. Knows codes and nothing else."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from lti_tool.alerts import words
from lti_tool.alerts.models import CaseStep
from lti_tool.alerts.words import Words
from lti_tool.dashboards.queue import Show
from lti_tool.domain.cases import CaseState, Step, Urgency

register = template.Library()

PARTS: dict[Show, Words] = {
    Show.WAITING: pgettext_lazy("cases", "Open"),
    Show.MINE: pgettext_lazy("cases", "Mine"),
    Show.CLOSED: pgettext_lazy("cases", "Closed"),
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
def step_done(step: CaseStep) -> str:
    """What somebody did, and how. What nobody did was done by the tool itself."""
    who = step.by.display_name if step.by else "Attune"
    return words.done_words(Step(step.step), who=who, detail=step.detail)


@register.filter
def cases_in(number: int, state: CaseState) -> str:
    """So many cases in a state."""
    return words.counted_words(state, number)


@register.filter
def case_detail(detail: str) -> Words:
    """The words of a step's code."""
    return words.detail_words(detail)


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """A moment as on every page, to be put into a sentence: `{% moment case.due_at as day %}`."""
    return render_to_string("_components/moment.html", {"at": at})


@register.filter
def tenths(share: float) -> int:
    """A share from 0 to 1 as so many in 10."""
    return round(share * 10)
