"""Log who signs in to the administration, and who tries to: by pseudonym, as `manage.py audit_name` tells it.

Not in the audit: nobody can take a line out of that, and strangers would fill it.
"""

import logging
from typing import Any

from lti_tool.audit.pseudonyms import pseudonym_of

log = logging.getLogger(__name__)


def password_was_right(user: Any, **_: Any) -> None:  # noqa: ANN401 - what Django's signal brings along
    """The first step is done."""
    log.info("A password was right: account %s.", pseudonym_of(user.get_username()))


def password_was_wrong(credentials: dict[str, Any], **_: Any) -> None:  # noqa: ANN401 - as above
    """Wrong, or for an account that there is not."""
    log.warning("A password was wrong: account %s.", pseudonym_of(str(credentials.get("username", ""))))


def code_was_right(name: str, kind: str) -> None:
    """The second step is done."""
    log.info("A code was right: account %s, %s.", pseudonym_of(name), kind)


def code_was_wrong(name: str) -> None:
    """Whose password is right and whose code is not may have lost a password."""
    log.warning("A code was wrong: account %s.", pseudonym_of(name))
