"""Leave the chain's head outside, where who could rewrite the database cannot reach. Loud when it fails."""

import logging
from datetime import datetime

from django.conf import settings

from lti_tool.audit import anchorages
from lti_tool.audit.anchors import Anchor
from lti_tool.audit.models import Anchorage
from lti_tool.audit.selectors import head
from lti_tool.core.errors import Transient
from lti_tool.core.words import gettext_noop as _

log = logging.getLogger(__name__)


class AnchoringFailed(Transient):
    """At least one place outside did not take the head. Nothing else is touched by it."""

    code = "anchoring_failed"
    message = _("The audit's head could not be left at every place outside.")
    next_step = _("See what the log says of the place, and run: manage.py anchor_audit")


def anchor_head(*, at: datetime) -> list[Anchorage]:
    """Leave the head at every place of the setting, whatever happens at another. Raises AnchoringFailed."""
    anchor = Anchor(settings.PUBLIC_URL, at, head())
    states = [_leave(place, anchor) for place in anchorages.parse(settings.AUDIT_ANCHORS)]
    if failing := [state.label for state in states if state.failing_since]:
        raise AnchoringFailed(f"The audit's head could not be left at {', '.join(failing)}.")
    return states


def _leave(place: anchorages.Place, anchor: Anchor) -> Anchorage:
    state, _ = Anchorage.objects.get_or_create(label=place.label[:200])
    try:
        place.leave(anchor)
    except anchorages.AnchorRefused as refused:
        log.error("The audit is not anchored at %s: %s.", place.label, refused)
        state.failing_since, state.failure = state.failing_since or anchor.at, str(refused)[:200]
    else:
        state.sequence, state.anchored_at = anchor.place.sequence, anchor.at
        state.failing_since, state.failure = None, ""
    state.save()
    return state
