"""From which places of the demonstration's course its invented sessions were begun. Knows no story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from lti_tool.capture.models import CaptureSession, SessionEnd
from lti_tool.demo.patterns import LECTURE_DAYS, MID_TERM, Session
from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.lti.protocol.placement import Page

FRIDAY: Final = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Placed:
    """A link, how hard its author called it, and after how many weeks it is due."""

    title: str
    difficulty: int
    due_week: int | None = None


ACTIVITIES: Final = (
    Placed("Lecture and questions", 1),
    Placed("Lab 4", 4, due_week=MID_TERM),
    Placed("Essay", 3, due_week=MID_TERM + 1),
)
_WRITES: Final = 4
"""One in so many writes the essay; the others do the lab."""


def place_activities(context: Context, *, first_week: date) -> list[ResourceLink]:
    """Again adds nothing."""
    return [
        ResourceLink.objects.update_or_create(
            context=context,
            resource_link_id=f"activity-{number}",
            defaults={
                "title": placed.title,
                "page": Page.CHECK_IN,
                "difficulty": placed.difficulty,
                "due_date": _due(placed, first_week),
            },
        )[0]
        for number, placed in enumerate(ACTIVITIES)
    ]


def begin_from(
    link: ResourceLink, student: PlatformUser, context: Context, session: Session, *, session_id: UUID
) -> CaptureSession:
    """The session as the camera's room knows it."""
    return CaptureSession.objects.create(
        public_id=session_id,
        student=student,
        context=context,
        resource_link=link,
        started_at=session.started_at,
        ended_at=session.measured[-1][0],
        end_reason=SessionEnd.STOPPED,
    )


def place_of(session: Session, links: Sequence[ResourceLink], *, number: int) -> ResourceLink:
    """Everybody begins the week in the lecture; then they go on with the lab, or with the essay."""
    lecture, lab, essay = links
    if session.started_at.weekday() == LECTURE_DAYS[0]:
        return lecture
    return essay if number % _WRITES == 0 else lab


def _due(placed: Placed, first_week: date) -> date | None:
    return None if placed.due_week is None else first_week + timedelta(weeks=placed.due_week) + FRIDAY
