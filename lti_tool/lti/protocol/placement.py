"""What an instructor chose for a link, as custom parameters carry it. Believes none of them unread."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from lti_tool.lti.protocol.reading import mapping

DIFFICULTIES: Final = range(1, 5 + 1)
YEARS: Final = range(2000, 2100 + 1)
_YES: Final = "yes"
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Page(StrEnum):
    """The pages that a link can lead to."""

    CHECK_IN = "check-in"
    CAMERA = "camera"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Placement:
    """Which page a link opens, and what is known of the work beside it. Each part may be missing."""

    page: Page | None = None
    difficulty: int | None = None
    due_date: date | None = None
    timed: bool = False

    def as_custom(self) -> dict[str, str]:
        """The custom parameters of a content item."""
        texts = {
            "page": self.page,
            "difficulty": self.difficulty,
            "due_date": self.due_date and self.due_date.isoformat(),
            "timed": _YES if self.timed else None,
        }
        return {name: str(value) for name, value in texts.items() if value}


def placement_of(custom: object) -> Placement:
    """What the custom parameters of a launch say.

    They pass through an administrator's hands and a platform's, which sends a variable that it does not know
    as it stands (`$Bogus.variable`): whatever is not exactly ours is left out.
    """
    parameters = mapping(custom) or {}
    timed = parameters.get("timed") == _YES
    return Placement(_page(parameters), _difficulty(parameters), _due_date(parameters), timed)


def is_of_last_term(due: date | None, *, copied_at: datetime | None) -> bool:
    """Whether a date came along with a course that was copied after it had passed."""
    return due is not None and copied_at is not None and due < copied_at.date()


def _page(parameters: Mapping[str, object]) -> Page | None:
    return next((page for page in Page if page == parameters.get("page")), None)


def _difficulty(parameters: Mapping[str, object]) -> int | None:
    return next((number for number in DIFFICULTIES if str(number) == parameters.get("difficulty")), None)


def _due_date(parameters: Mapping[str, object]) -> date | None:
    text = parameters.get("due_date")
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        return None
    try:
        due = date.fromisoformat(text)
    except ValueError:
        return None
    return due if due.year in YEARS else None
