"""What a student says about one of their own sessions, and what it outweighs. Knows no files and no pages."""

import unicodedata
from dataclasses import dataclass
from typing import Self

LONGEST = 1000
_DROPPED = {"Cc", "Cs"}  # control characters, and halves of characters: neither is text


@dataclass(frozen=True, slots=True)
class Remark:
    """A student's own word on a session. `does_not_fit`: "this is not how I was"."""

    text: str = ""
    does_not_fit: bool = False

    @classmethod
    def of(cls, text: str, *, does_not_fit: bool) -> Self:
        """What was typed, as plain text: lines, and no blanks around them."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        kept = (c for c in lines if c == "\n" or unicodedata.category(c) not in _DROPPED)
        return cls("".join(kept).strip(), does_not_fit)

    @property
    def is_empty(self) -> bool:
        """Nothing is said: there is nothing to keep."""
        return not self.text and not self.does_not_fit

    @property
    def is_too_long(self) -> bool:
        """More than is kept of one session."""
        return len(self.text) > LONGEST


def counts(remark: Remark | None) -> bool:
    """Whether a session may shape the person's usual and what is said about them.

    What people say of themselves outranks the estimate. A note alone leaves the session as it is: "I had a
    migraine" may explain a measurement that was right.
    """
    return remark is None or not remark.does_not_fit
