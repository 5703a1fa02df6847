"""What a receipt says, sealed to its place under a key of its own. Counts and a purpose, no more."""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import UTC

from lti_tool.privacy.models import Receipt
from lti_tool.vault.errors import KeyServerAway, KeyServerRefused, KeySettingBroken, WrongKey
from lti_tool.vault.services import seal_small, unseal_small

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Details:
    """What alone was taken back (empty: everything), and how many of each kind were destroyed."""

    purpose: str = ""
    records_destroyed: int = 0
    snippets_destroyed: int = 0


def seal_details(details: Details, receipt: Receipt) -> bytes:
    """Sealed; or nothing where no key can be had: whoever erases is not to wait for a server of ours."""
    try:
        return seal_small(json.dumps(asdict(details)).encode(), binding=_binding(receipt))
    except (KeyServerAway, KeyServerRefused, KeySettingBroken, WrongKey) as error:
        log.warning("A receipt was given without its details: %s", error.code)
        return b""


def details_of(receipt: Receipt) -> Details | None:
    """What `seal_details` sealed; None where nothing was, or its key is lost. Raises SealBroken, Transient.

    A lost key must not keep a person from the rest of what is theirs.
    """
    if not receipt.sealed:
        return None
    try:
        opened = unseal_small(receipt.sealed, binding=_binding(receipt))
    except WrongKey as error:
        log.warning("A receipt could not be opened: %s", error.code)
        return None
    return Details(**json.loads(opened))


def _binding(receipt: Receipt) -> bytes:
    moment = receipt.given_at.astimezone(UTC).isoformat(timespec="microseconds")
    place = (receipt.public_id, receipt.student_id, receipt.context_id, moment)
    return "|".join(map(str, ("receipt", *place))).encode()
