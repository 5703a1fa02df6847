"""The messages that leave the installation. None says whom it is about, in which course, or why."""

from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lti_tool.alerts.models import NoticeKind
from lti_tool.core.languages import supported


def send(*, to: str, kinds: Sequence[NoticeKind], language: str = "") -> None:
    """One message about so many things that wait. Raises SMTPException, OSError."""
    with in_language(language):
        send_mail(subject_of(kinds), body_of(kinds), settings.DEFAULT_FROM_EMAIL, [to])


def send_to_desk(*, to: str) -> None:
    """One message to whoever answers for a deployment, when no counselor was there. Raises the same."""
    with in_language():
        send_mail(subject_of([NoticeKind.ESCALATION]), body_for_desk(), settings.DEFAULT_FROM_EMAIL, [to])


def in_language(language: str = "") -> translation.override:
    """A worker has no reader whose language it could follow. Empty or unknown: the installation's own."""
    return translation.override(supported(language) or settings.LANGUAGE_CODE)


def subject_of(kinds: Sequence[NoticeKind]) -> str:
    """As little as a locked phone may show."""
    if NoticeKind.ESCALATION in kinds:
        return _("Attune: something still waits for a counselor")
    return ngettext(
        "Attune: something waits in your queue", "Attune: %(count)d things wait in your queue", len(kinds)
    ) % {"count": len(kinds)}


def body_of(kinds: Sequence[NoticeKind]) -> str:
    """How many of which kind, and where to look."""
    counts = Counter(kinds)
    lines = [
        line % {"count": counts[kind]}
        for kind, line in (
            (NoticeKind.ASKED, _("Asked to be contacted: %(count)d")),
            (NoticeKind.NEW, _("New: %(count)d")),
            (NoticeKind.ESCALATION, _("Waiting longer than agreed, and seen by nobody: %(count)d")),
        )
        if counts[kind]
    ]
    where = _("Open Attune in any of your courses: your queue is the first page.")
    return "\n".join([*lines, "", where, "", _why(), ""])


def body_for_desk() -> str:
    """That somebody waits for a counselor, to one who sees no case."""
    what = _("A case in Attune waits longer than agreed, and no counselor has acknowledged it.")
    ask = _("Please ask your counselors to open their queue. You cannot see the case yourself.")
    return "\n".join([what, "", ask, "", _why(), ""])


def _why() -> str:
    return _("This message names nobody on purpose. Do not answer it: nobody reads what comes back.")
