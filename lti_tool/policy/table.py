"""The simulation's figures as a table of words. Knows no rules and no students."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lti_tool.domain.predictive import Share
from lti_tool.policy.figures import Simulated

NAMES: dict[str, str | Promise] = {
    "default": _("As it is used here"),
    "not_asked_first": _("Without asking the student first"),
    "sooner": _("Over 3 days instead of 7"),
    "two_of_four": _("2 of the last 4 sessions, over 3 days"),
    "four_of_six": _("4 of the last 6 sessions"),
    "no_lower_bound": _("However unsure the estimate is"),
    "higher_bound": _("Only when even the low estimate is clearly above the usual"),
    "two_weeks": _("Over 14 days instead of 7"),
    "learns_at_once": _("The usual learns from tense sessions at once"),
    "learns_late": _("The usual learns from tense sessions after 8 weeks"),
}
"""What differs from the default, by the name of the candidate."""


@dataclass(frozen=True, slots=True)
class Row:
    """One policy. Every cell is ready to be read."""

    name: str | Promise
    is_default: bool
    found: str
    found_long: str
    quiet_weeks: str
    right: str
    days: str
    alerts: str


def rows_of(run: Simulated) -> tuple[Row, ...]:
    """A row for each policy, in the order in which they were compared."""
    return tuple(
        Row(
            name=NAMES[name],
            is_default=name == "default",
            found=share_words(figures.sensitivity),
            found_long=share_words(figures.sensitivity_long_visible),
            quiet_weeks=share_words(figures.specificity, digits=1),
            right=share_words(figures.predictive_value),
            days=_days(figures.median_days, figures.p90_days),
            alerts=_rounded(figures.alerts_per_counselor_week, 1),
        )
        for name, figures in run.policies.items()
    )


def whole_percent(share: Share | None) -> int:
    """A share in whole per cent; 0 of none."""
    return round(100 * share.value) if share else 0


def share_words(share: Share | None, digits: int = 0) -> str:
    """ "31 % (28-34 %)": a share with its 95 % interval."""
    if share is None:
        return "–"
    value, low, high = (_rounded(100 * part, digits) for part in share[:3])
    # Translators: a share, and the interval in which it most likely lies.
    return gettext("%(share)s %% (%(low)s–%(high)s %%)") % {"share": value, "low": low, "high": high}


def _days(median: float | None, p90: float | None) -> str:
    return "–" if median is None or p90 is None else f"{median:.0f} / {p90:.0f}"


def _rounded(number: float, digits: int) -> str:
    return number_format(round(number, digits), digits)
