"""How often the student and the estimate agreed, and what follows for the estimate, in words. Pure."""

from collections.abc import Callable
from math import ceil, floor

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lti_tool.domain.checkins import PAIRS_NEEDED, Agreement, Trust

Words = dict[Trust, Promise]

FOR_YOU: Words = {
    Trust.TOO_FEW: gettext_lazy("Until then, take the estimate lightly."),
    Trust.SELDOM: gettext_lazy(
        "For you the estimate says little: chance would do as well. Go by what you feel."
    ),
    Trust.SOMETIMES: gettext_lazy(
        "For you the estimate is a hint and no more. Where the two differ, you are right."
    ),
    Trust.MOSTLY: gettext_lazy(
        "For you the estimate is mostly worth a look. Where the two differ, you are right."
    ),
}
FOR_THEM: Words = {
    Trust.TOO_FEW: gettext_lazy("Until then, take the estimate lightly."),
    Trust.SELDOM: gettext_lazy(
        "For this student the estimate says little: chance would do as well. Go by what they say."
    ),
    Trust.SOMETIMES: gettext_lazy(
        "For this student the estimate is a hint and no more. Where the two differ, the student is right."
    ),
    Trust.MOSTLY: gettext_lazy(
        "For this student the estimate is mostly worth a look. Where the two differ, the student is right."
    ),
}


def sentences(agreement: Agreement, *, own: bool) -> tuple[str, ...]:
    """How often, how sure that is, and what it means. `own`: said to the student."""
    meaning = str((FOR_YOU if own else FOR_THEM)[agreement.trust])
    if agreement.trust is Trust.TOO_FEW:
        return (_too_few(agreement.pairs), meaning)
    return (_how_often(agreement, own=own), _how_sure(agreement), meaning)


def _too_few(pairs: int) -> str:
    met = ngettext(
        "So far %(count)d check-in lies close to a session and off the middle of both.",
        "So far %(count)d check-ins lie close to a session and off the middle of both.",
        pairs,
    )
    known = _("From %(needed)d on, this page can say how often the two agree.")
    return f"{met % {'count': pairs}} {known % {'needed': PAIRS_NEEDED}}"


def _how_often(agreement: Agreement, *, own: bool) -> str:
    words = (
        _("In %(same)d of %(pairs)d check-ins you and the estimate pointed the same way.")
        if own
        else _("In %(same)d of %(pairs)d check-ins the student and the estimate pointed the same way.")
    )
    return words % {"same": agreement.same, "pairs": agreement.pairs}


def _how_sure(agreement: Agreement) -> str:
    low, high = agreement.interval or (0.0, 1.0)
    words = _("With so few, it could be anything from %(low)d to %(high)d in 10.")
    return words % {"low": _tenths(low, floor), "high": _tenths(high, ceil)}


def _tenths(share: float, rounded: Callable[[float], int]) -> int:
    return rounded(round(share * 10, 6))
