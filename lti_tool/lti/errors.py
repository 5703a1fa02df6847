"""Refusals of pages under a launch. A refused launch itself is told in `protocol/refusals.py`."""

from collections.abc import Sequence
from enum import unique

from lti_tool.core.errors import Explained, Refused, RefusedBecause
from lti_tool.lti.protocol.roles import plain_words


class LaunchMissing(Refused):
    """No such launch, or another browser made it."""

    code = "launch_missing"
    message = "We do not know this browser. It may block the cookies that keep you signed in."
    next_step = "Go back to your course and open Attune again. If that does not help, open it in a new tab."


class LaunchExpired(Refused):
    """The launch was good, and is over."""

    code = "launch_expired"
    message = "You opened Attune some hours ago. We closed it by now, to keep your things private."


class DoorClosed(Refused):
    """The launch was good; since then an administrator closed its deployment, or its platform.

    What is a person's own stays open to them.
    """

    code = "door_closed"
    message = "Attune was switched off for your course. Nothing is measured any more."
    next_step = "Open Attune from your course again to see, take along or delete what is held about you."


class NotAnAuthor(Refused):
    """A deep linking launch of somebody who may not add anything to the course."""

    code = "not_an_author"

    def __init__(self, roles: Sequence[str]) -> None:
        super().__init__(
            "Only who teaches this course, or writes its content, can add Attune to it. "
            f"Your course told us: {plain_words(roles)}.",
            next_step="If your role is wrong, ask the person who runs the course to change it.",
        )


class DeepLinkingOver(Refused):
    """The platform's request was answered already, or waited too long."""

    code = "deep_linking_over"
    message = "What you choose here can be placed once, within an hour, and that was done or is over."
    next_step = "Go back to your course and add Attune again."


class DoorPassOver(Refused):
    """The page for people without a role was open for too long, or what it holds was changed."""

    code = "door_pass_over"
    message = "This page was open for more than ten minutes, so that we no longer know who you are."


ASK_AGAIN = "Ask the person who invited you for a new one."


@unique
class InvitationProblem(Explained):
    """Why a code makes nobody a counselor: what happened, and what to do next."""

    UNKNOWN = "We do not know this code.", "Copy the whole code from your invitation and paste it again."
    SPENT = "This invitation was used already: it works once.", ASK_AGAIN
    OVER = "This invitation is too old, or it was taken back.", ASK_AGAIN
    ELSEWHERE = (
        "This invitation is for another course.",
        "Open Attune from the course that you were invited to, and paste the code there.",
    )
    TEST_USER = "A test user is nobody, and cannot be a counselor.", "Come back as yourself."


class InvitationRefused(RefusedBecause):
    """A code that cannot be used here."""

    code = "invitation_refused"

    def __init__(self, problem: InvitationProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class WrongViewer(Refused):
    """The launch is good, but this page is for somebody else."""

    code = "wrong_viewer"

    def __init__(self, roles: Sequence[str]) -> None:
        super().__init__(
            f"This page is not for your role in this course. Your course told us: {plain_words(roles)}.",
            next_step="If your role is wrong, ask the person who runs the course to change it.",
        )
