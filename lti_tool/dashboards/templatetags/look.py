"""Tags that every page leans on: the way home, the links of the top line, the help line, a level's words."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse

register = template.Library()

LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    "student": (
        ("Camera", "capture:page"),
        ("My record", "dashboards:mine"),
        ("Calm corner", "wellbeing:calm"),
    ),
    "counselor": (("Students", "dashboards:caseload"),),
    "instructor": (("Class", "dashboards:class"),),
}
NO_HELP_LINE = "If you need somebody now, use your institution's help line or your local emergency number."


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link of the top line."""

    label: str
    href: str
    current: bool


@register.simple_tag
def help_line() -> str:
    """What the installation set as ATTUNE_HELP_LINE, or a sentence that is true everywhere."""
    return getattr(settings, "HELP_LINE", "") or NO_HELP_LINE


@register.filter
def level_words(level: str) -> str:
    """The words for a level, as everywhere: "your usual", "we could not tell"."""
    from lti_tool.domain.stress import Level

    return Level(level).words


@register.simple_tag(takes_context=True)
def way_home(context: dict[str, Any]) -> str:
    """The address of the launch's first page; empty on a page without a launch."""
    launch = getattr(context.get("request"), "launch", None)
    return _reverse("dashboards:home", launch.public_id) if launch else ""


@register.simple_tag(takes_context=True)
def page_links(context: dict[str, Any]) -> list[PageLink]:
    """The pages that fit the viewer of this launch; none on a page without a launch."""
    request = context.get("request")
    launch = getattr(request, "launch", None)
    if launch is None:
        return []
    hrefs = [(label, _reverse(name, launch.public_id)) for label, name in LINKS.get(request.viewer, ())]
    return [PageLink(label, href, current=request.path == href) for label, href in hrefs if href]


def _reverse(name: str, launch: str) -> str:
    try:
        return reverse(name, kwargs={"launch": launch})
    except NoReverseMatch:
        return ""
