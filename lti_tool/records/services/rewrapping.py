"""Bring everything under the current key-encryption key, and write down that it was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.core import clock
from lti_tool.lti.services.platforms import ADMINISTRATOR
from lti_tool.vault import rewrapping


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, what could not be, and what lies under which version now."""

    current: str
    changed: int
    unopened: Mapping[str, int]
    left: rewrapping.Inventory
    may_go: tuple[str, ...]

    @property
    def old(self) -> Mapping[str, Mapping[str, int]]:
        """By version, the places in which something is left under another than the current one."""
        return {version: places for version, places in self.left.items() if version != self.current}


def rewrap(*, tell: rewrapping.Tell, at: datetime) -> Outcome:
    """Rewrap, in small batches, while the service runs. Raises Transient; begun again, it goes on from there.

    Both ends are audited: a run that was cut off has a beginning only.
    """
    audit.record(actor=ADMINISTRATOR, action=Action.KEYS_REWRAPPED, subject="keys", purpose="begun", at=at)
    done = rewrapping.rewrap(tell=tell)
    return _finish(done, rewrapping.inventory(), at=clock.now())


@transaction.atomic
def _finish(done: rewrapping.Rewrapped, left: rewrapping.Inventory, *, at: datetime) -> Outcome:
    outcome = Outcome(
        current=done.current,
        changed=done.changed.total(),
        unopened=+done.unopened,
        left=left,
        may_go=tuple(rewrapping.forget_unused_proofs(left, done.current)),
    )
    for found in (f"changed:{outcome.changed}", f"not opened:{done.unopened.total()}"):
        audit.record(actor=ADMINISTRATOR, action=Action.KEYS_REWRAPPED, subject="keys", purpose=found, at=at)
    return outcome
