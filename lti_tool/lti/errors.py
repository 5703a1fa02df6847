"""Refusals of pages under a launch. A refused launch itself is told in `protocol/refusals.py`."""

from collections.abc import Sequence
from enum import unique

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from lti_tool.core.errors import Explained, Refused, RefusedBecause
from lti_tool.lti.protocol.roles import plain_words

ROLE_IS_WRONG = _("If your role is wrong, ask the person who runs the course to change it.")


class LaunchMissing(Refused):
    """No such launch, or another browser made it."""

    code = "launch_missing"
    message = _("We do not know this browser. It may block the cookies that keep you signed in.")
    next_step = _(
        "Go back to your course and open Attune again. If that does not help, open it in a new tab."
    )


class LaunchExpired(Refused):
    """The launch was good, and is over."""

    code = "launch_expired"
    message = _("You opened Attune some hours ago. We closed it by now, to keep your things private.")


class DoorClosed(Refused):
    """The launch was good; since then an administrator closed its deployment, or its platform.

    What is a person's own stays open to them.
    """

    code = "door_closed"
    message = _("Attune was switched off for your course. Nothing is measured any more.")
    next_step = _("Open Attune from your course again to see, take along or delete what is held about you.")


class NotAnAuthor(Refused):
    """A deep linking launch of somebody who may not add anything to the course."""

    code = "not_an_author"
    next_step = ROLE_IS_WRONG

    def __init__(self, roles: Sequence[str]) -> None:
        super().__init__(
            gettext(
                "Only who teaches this course, or writes its content, can add Attune to it. "
                "Your course told us: %(roles)s."
            )
            % {"roles": plain_words(roles)}
        )


class DeepLinkingOver(Refused):
    """The platform's request was answered already, or waited too long."""

    code = "deep_linking_over"
    message = _("What you choose here can be placed once, within an hour, and that was done or is over.")
    next_step = _("Go back to your course and add Attune again.")


class DoorPassOver(Refused):
    """The page for people without a role was open for too long, or what it holds was changed."""

    code = "door_pass_over"
    message = _("This page was open for more than ten minutes, so that we no longer know who you are.")


ASK_AGAIN = _("Ask the person who invited you for a new one.")


@unique
class InvitationProblem(Explained):
    """Why a code makes nobody a counselor: what happened, and what to do next."""

    UNKNOWN = (
        _("We do not know this code."),
        _("Copy the whole code from your invitation and paste it again."),
    )
    SPENT = _("This invitation was used already: it works once."), ASK_AGAIN
    OVER = _("This invitation is too old, or it was taken back."), ASK_AGAIN
    ELSEWHERE = (
        _("This invitation is for another course."),
        _("Open Attune from the course that you were invited to, and paste the code there."),
    )
    TEST_USER = _("A test user is nobody, and cannot be a counselor."), _("Come back as yourself.")


class InvitationRefused(RefusedBecause):
    """A code that cannot be used here."""

    code = "invitation_refused"

    def __init__(self, problem: InvitationProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class WrongViewer(Refused):
    """The launch is good, but this page is for somebody else."""

    code = "wrong_viewer"
    next_step = ROLE_IS_WRONG

    def __init__(self, roles: Sequence[str]) -> None:
        super().__init__(
            gettext("This page is not for your role in this course. Your course told us: %(roles)s.")
            % {"roles": plain_words(roles)}
        )
