"""Tags of the calm corner: an exercise's name, and how often it helped, in words."""

from django import template
from django.utils.translation import gettext, ngettext

from lti_tool.domain.exercises import Exercise, Helped
from lti_tool.wellbeing import words
from lti_tool.wellbeing.pages import Tally

register = template.Library()


@register.simple_tag
def title_of(exercise: Exercise) -> words.Words:
    """Its name."""
    return words.TITLES[exercise]


@register.simple_tag
def counts_of(tally: Tally) -> str:
    """Yes: 3 times, A little: once. Each answer that was given, with how often."""
    counted = zip(Helped, (tally.yes, tally.a_little, tally.not_really), strict=True)
    # Translators: between the items of a list
    return gettext(", ").join(_times(words.ANSWERS[helped], count) for helped, count in counted if count)


def _times(answer: words.Words, count: int) -> str:
    said = ngettext("%(answer)s: once", "%(answer)s: %(count)d times", count)
    return said % {"answer": answer, "count": count}
