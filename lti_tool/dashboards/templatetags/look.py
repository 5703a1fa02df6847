"""Tags that every page leans on: the way home, the links of the top line, the help line, a level's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lti_tool.core.languages import words_address
from lti_tool.dashboards import class_words, words
from lti_tool.dashboards.class_activities import ActivityCell, PublishedActivity
from lti_tool.domain.access import Viewer
from lti_tool.domain.stress import Level

register = template.Library()

LINKS: dict[Viewer, tuple[tuple[str | Promise, str], ...]] = {
    Viewer.STUDENT: (
        (_("Camera"), "capture:page"),
        (_("My record"), "dashboards:mine"),
        (_("Calm corner"), "wellbeing:calm"),
    ),
    Viewer.COUNSELOR: (
        (_("Queue"), "dashboards:queue"),
        (_("Students"), "dashboards:caseload"),
        (_("What makes an alert"), "policy:page"),
    ),
    Viewer.INSTRUCTOR: (
        # Translators: the people of a course, taken together.
        (pgettext_lazy("people", "Class"), "dashboards:class"),
        (_("Invitation"), "lti:invitation"),
    ),
    Viewer.OWNER: ((_("My record"), "privacy:own"),),
}
NO_HELP_LINE = _("If you need somebody now, use your institution's help line or your local emergency number.")


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link of the top line."""

    label: str | Promise
    href: str
    current: str


@register.simple_tag
def help_line() -> str | Promise:
    """What the installation set as ATTUNE_HELP_LINE, or a sentence that is true everywhere."""
    return getattr(settings, "HELP_LINE", "") or NO_HELP_LINE


@register.filter
def level_words(level: str) -> str:
    """The words for a level, as everywhere: "your usual", "we could not tell"."""
    return Level(level).words


@register.filter
def level_of_them(level: Level) -> str:
    """A level's words on a counselor's page."""
    return words.level_words(level, words.THEIRS)


@register.filter
def activity_words(cell: ActivityCell) -> str:
    """What a cell of an activity says: "3 in 10", "few or none", "not shown"."""
    return class_words.cell_words(cell)


@register.filter
def activity_facts(activity: PublishedActivity) -> str:
    """Its difficulty and due date, as far as they are known."""
    return class_words.facts_of(activity)


@register.filter
def left_out_words(reasons: Mapping[str, int]) -> str:
    """Why pictures could not be used, and how many."""
    return words.left_out_words(reasons)


@register.filter
def listed(parts: Iterable[str]) -> str:
    """One after the other, as the language writes a list."""
    return words.listed(parts)


@register.simple_tag
def words_of_scripts(language: str) -> str:
    """The address of the scripts' words in a language."""
    return words_address(language)


@register.simple_tag(takes_context=True)
def way_home(context: dict[str, Any]) -> str:
    """The address of the launch's first page; empty on a page without a launch."""
    launch = getattr(context.get("request"), "launch", None)
    return reverse("dashboards:home", kwargs={"launch": launch.public_id}) if launch else ""


@register.simple_tag(takes_context=True)
def page_links(context: dict[str, Any]) -> list[PageLink]:
    """The pages that fit everything this launch's person is; none on a page without a launch."""
    request: Any = context.get("request")
    launch = getattr(request, "launch", None)
    if launch is None:
        return []
    pages = [page for viewer in request.viewers for page in LINKS.get(viewer, ())]
    found = [(label, reverse(name, kwargs={"launch": launch.public_id})) for label, name in pages]
    return [PageLink(label, href, current=_current(href, request.path)) for label, href in found]


def _current(href: str, path: str) -> str:
    """The value of aria-current: this page, a page below it, or neither."""
    if path == href:
        return "page"
    return "true" if path.startswith(href) else ""
