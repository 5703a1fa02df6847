"""Why a file is not opened, exported or brought in, or a week not published."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from lti_tool.core.errors import BadInput, Missing, NotReady, Refused, SlowDown
from lti_tool.domain.emergency import EmergencyObstacle
from lti_tool.domain.exporting import PASSPHRASE_LENGTH
from lti_tool.domain.remarks import LONGEST

_NO_EMERGENCY: dict[EmergencyObstacle, tuple[str, str]] = {
    EmergencyObstacle.SWITCHED_OFF: (
        _("This installation opens no files in an emergency."),
        _("Who may decide so can set ATTUNE_BREAK_GLASS. Read the runbook first."),
    ),
    EmergencyObstacle.ERASED: (
        _("The student erased this file. There is nothing left to open."),
        _("Go by what else you know. In danger, call for help now."),
    ),
    EmergencyObstacle.OWN_FILE: (
        _("Nobody opens their own file in this way."),
        _("Your own record is on your own page."),
    ),
    EmergencyObstacle.NO_COUNSELOR: (
        _("Only who is a counselor of this deployment can be let in."),
        _("Name somebody with a counselor grant that is in force."),
    ),
    EmergencyObstacle.TEACHES_HERE: (
        _("This person teaches the course. A teacher is never let in."),
        _("Name another counselor."),
    ),
    EmergencyObstacle.FORBIDDEN_HERE: (
        _("In this place a record comes before a counselor by the student's own act alone."),
        _("Ask the student to show it. In danger, call for help now."),
    ),
    EmergencyObstacle.NEVER_TOLD: (
        _("The student was told that only they decide who reads this file. That was a promise."),
        _("Ask the student. In danger, call for help now."),
    ),
    EmergencyObstacle.NO_REFERENCE: (
        _("Give the number of the case: 3 to 40 letters, digits and / . _ - without blanks. No names."),
        _("Use the number under which counseling or security keeps this case."),
    ),
    EmergencyObstacle.TOO_LONG: (
        _("An emergency lasts some hours: more than none, and twelve at most."),
        _("Who needs longer asks again."),
    ),
    EmergencyObstacle.OVER: (
        _("The time of this emergency is over."),
        _("Ask the people who run Attune if it is still needed."),
    ),
}


class FileMissing(Missing):
    """There is no such file, or not for this person. The two are not told apart on purpose."""

    code = "file_missing"
    message = _("There is no file here that is open to you.")


class FileRefused(Refused):
    """The reader is neither the student nor a counselor with whom the student shared the file."""

    code = "file_refused"
    message = _("This file is not open to you.")
    next_step = _("Only the student, and counselors with whom the student shared it, can read it.")


class EmergencyRefused(Refused):
    """Not an emergency in which this file may be opened, or not any more."""

    code = "emergency_refused"

    def __init__(self, why: EmergencyObstacle) -> None:
        message, next_step = _NO_EMERGENCY[why]
        super().__init__(gettext(message), next_step=gettext(next_step))
        self.shown_code = f"{self.code}.{why}"


class FileClosed(NotReady):
    """The file's key was destroyed: nothing can be added."""

    code = "file_closed"
    message = _("This file was erased. Nothing can be added to it.")


class SessionMissing(Missing):
    """Nothing is held of this session, or it is somebody else's."""

    code = "session_missing"
    message = _("Nothing is held of that session any more.")
    next_step = _("Open your record: it lists every session that is still there.")


class CheckInMissing(Missing):
    """There is no such check-in any more, or it is somebody else's."""

    code = "check_in_missing"
    message = _("There is no such check-in of yours any more.")
    next_step = _("Open your record: it lists every check-in that is still there.")


class RemarkTooLong(BadInput):
    """More text than is kept of one session."""

    code = "remark_too_long"
    next_step = _("Go back, shorten it, and save it again.")

    def __init__(self) -> None:
        text = gettext(
            "A note has room for %(longest)d characters. Yours was longer, so nothing was changed."
        )
        super().__init__(text % {"longest": LONGEST})


class PurposeMissing(BadInput):
    """Nobody reads a file without saying why."""

    code = "purpose_missing"
    message = _("A file is opened only for a stated purpose.")


class WeekNotOver(NotReady):
    """A class week is written once, after its end."""

    code = "week_not_over"
    message = _("This week is not over yet. Its picture is made when it is.")


class NothingToExport(NotReady):
    """Nobody shares a file with this counselor here."""

    code = "nothing_to_export"
    message = _("Nobody in this course shares a record with you, so there is nothing to export.")


class SharingChanged(NotReady):
    """Somebody took their yes back while the archive was being made."""

    code = "sharing_changed"
    message = _("While the archive was made, somebody stopped sharing their record. Nothing was handed out.")
    next_step = _("Make it once more. It will hold the records that are shared with you then.")


class ExportsUsedUp(SlowDown):
    """A counselor made as many archives as one may in a day."""

    code = "exports_used_up"
    message = _("You made as many archives in the last 24 hours as one person may. Nothing was exported.")

    def __init__(self, *, retry_after_s: int) -> None:
        hours = -(-retry_after_s // 3600)
        next_step = ngettext(
            "Come back in %(hours)d hour. Large moves take several days.",
            "Come back in %(hours)d hours. Large moves take several days.",
            hours,
        )
        super().__init__(retry_after_s=retry_after_s, next_step=next_step % {"hours": hours})


class RecipientUnusable(BadInput):
    """Not a public key of age."""

    code = "recipient_unusable"
    message = _("This is not a public key of age. Nothing was exported.")
    next_step = _("It begins with age1 and has 62 letters and digits. Copy it whole, from who will open it.")


class SecretKeyShown(BadInput):
    """Somebody pasted the secret half."""

    code = "secret_key_shown"
    message = _(
        "This is the secret key. It must never leave its owner. We did not keep it, and exported nothing."
    )
    next_step = _("Make a new pair of keys, throw this one away, and paste the line that begins with age1.")


class PassphraseWeak(BadInput):
    """Too short, or the same few letters."""

    code = "passphrase_weak"
    next_step = _("Five or six words that have nothing to do with each other are good.")

    def __init__(self) -> None:
        text = gettext("A passphrase must have %(least)d characters or more, and not always the same few.")
        super().__init__(text % {"least": PASSPHRASE_LENGTH})


class OtherPlatform(NotReady):
    """The archive's people are those of another platform."""

    code = "other_platform"
    message = _("The archive comes from another platform than this one. Its people would be others here.")
    next_step = _(
        "Name the platform it comes from. If that one has a new address now: --moved-from OLD_ISSUER."
    )


class ElsewhereAlready(NotReady):
    """A file or a record of the archive belongs to somebody else, or to another course, here."""

    code = "elsewhere_already"
    message = _(
        "A file of this archive is here already, elsewhere or another person's. Nothing was imported."
    )
    next_step = _("Name the course's own platform and deployment, or tell the people who run Attune.")
