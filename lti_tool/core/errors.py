"""The error tree. An error is named for what happened; `str(error)` is safe to log and to show."""

from enum import Enum
from typing import ClassVar

from lti_tool.core.words import gettext
from lti_tool.core.words import gettext_noop as _


class AttuneError(Exception):
    """Root of every error a person may meet.

    `code` is for machines and stays stable. `message` says what happened and why; `next_step` what to do.
    One error may say more than its class: hence `shown_code`, `shown_message` and `shown_next_step`. Texts
    of a class are marked, and translated as it is raised; who raises one with other words translates them.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "error"
    message: ClassVar[str] = _("Something went wrong.")
    next_step: ClassVar[str] = _("Go back to your course and open Attune again.")

    def __init__(self, message: str = "", *, next_step: str = "") -> None:
        self.shown_code = self.code
        self.shown_message = message or gettext(self.message)
        self.shown_next_step = next_step or gettext(self.next_step)
        super().__init__(self.shown_message)


class BadInput(AttuneError):
    """The request cannot be understood or breaks a bound. Nothing was stored."""

    status = 400
    code = "bad_input"
    message = _("We could not read what was sent. Nothing was stored.")


class Refused(AttuneError):
    """Understood, and not allowed."""

    status = 403
    code = "refused"
    message = _("This is not open to you.")


class Explained(Enum):
    """Root of the lists of reasons: each says what happened, and what to do next."""

    def __init__(self, message: str, next_step: str) -> None:
        self.message = message
        self.next_step = next_step

    @property
    def code(self) -> str:
        """The stable word for machines, logs and support."""
        return self.name.lower()


class RefusedBecause(Refused):
    """Refused for one of many reasons. `detail` adds a sentence of facts."""

    def __init__(self, why: Explained, *, detail: str = "") -> None:
        super().__init__(f"{gettext(why.message)} {detail}".strip(), next_step=gettext(why.next_step))
        self.shown_code = f"{self.code}.{why.code}"


class Missing(AttuneError):
    """There is no such thing, or not for this person."""

    status = 404
    code = "missing"
    message = _("We could not find that page.")


class NotReady(AttuneError):
    """Allowed, but not in this state."""

    status = 409
    code = "not_ready"
    message = _("This is not possible right now.")


class SlowDown(AttuneError):
    """Too much at once: come back after `retry_after_s` seconds."""

    status = 429
    code = "slow_down"
    message = _("The service is busy. Nothing is lost: the page waits and tries again.")

    def __init__(self, message: str = "", *, retry_after_s: int, next_step: str = "") -> None:
        super().__init__(message, next_step=next_step)
        self.retry_after_s = retry_after_s


class Transient(AttuneError):
    """A passing fault of a service we lean on: worth another try."""

    status = 503
    code = "transient"
    message = _("A part of the service did not answer. Please try again in a minute.")
