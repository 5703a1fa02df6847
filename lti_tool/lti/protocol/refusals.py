"""Why a launch is refused, in words for the person who meets it. Knows nothing of how it was found out."""

from enum import unique
from typing import Final

from lti_tool.core.errors import Explained, RefusedBecause
from lti_tool.core.words import gettext_noop as _

AGAIN: Final = _("Go back to your course and open Attune again.")
TELL: Final = _("Please tell the people who run your learning platform, and give them the word below.")
COOKIES: Final = _(
    "Allow cookies for this site, or open Attune in a window of its own, and start again from your course."
)
OTHER_PLACE: Final = _("Go back to your course and add Attune where activities are added.")
OURS_SITE: Final = _("Please ask the person who looks after Attune at your institution to add this site.")
OWN: Final = _("The person can open Attune from the course, and see or delete their own record there.")
OURS: Final = _("Please ask the person who looks after Attune at your institution to let this platform in.")


@unique
class Reason(Explained):
    """One reason for each way a launch can be wrong: what happened, and what to do next."""

    # The login that precedes a launch (OpenID Connect, third-party initiated)
    REQUEST_UNREADABLE = _("A part of what your learning platform sent cannot be read."), TELL
    ISSUER_MISSING = _("Your learning platform did not say who it is."), TELL
    LOGIN_HINT_MISSING = _("Your learning platform did not say for whom it opens Attune."), TELL
    TARGET_MISSING = _("Your learning platform did not say which page to open."), TELL
    TARGET_FOREIGN = _("Your learning platform asked for a page that is not ours."), TELL
    PLATFORM_UNKNOWN = _("Attune does not know the learning platform that you come from."), OURS
    CLIENT_UNKNOWN = _("Your learning platform used a name for Attune that we do not know."), OURS
    CLIENT_AMBIGUOUS = _("Your learning platform knows Attune by several names and did not say which."), TELL

    # The way back from the platform
    OPENED_DIRECTLY = _("This address works only when your course opens it."), AGAIN
    PLATFORM_ERROR = _("Your learning platform could not sign you in."), AGAIN
    TOKEN_MISSING = _("Your learning platform sent you here without a pass."), AGAIN
    STATE_MISSING = _("Your learning platform did not say which visit this belongs to."), TELL
    COOKIE_MISSING = _("Your browser did not bring back the cookie that we gave it a moment ago."), COOKIES
    STATE_MISMATCH = _("This visit was not started in this browser."), AGAIN
    ATTEMPT_SPENT = _("This visit was used already, or it took too long."), AGAIN

    # The token and its signature
    TOKEN_UNREADABLE = _("The pass from your learning platform cannot be read."), TELL
    ALGORITHM_NOT_ALLOWED = (
        _("The pass from your learning platform is signed in a way we do not trust."),
        TELL,
    )
    KEY_ID_MISSING = _("The pass from your learning platform does not name its key."), TELL
    KEY_UNKNOWN = _("The pass is signed with a key that your learning platform does not publish."), TELL
    KEY_NOT_TRUSTED = _("The key of your learning platform is too weak or of the wrong kind."), TELL
    SIGNATURE_WRONG = _("The pass was changed on its way, or somebody else signed it."), AGAIN
    BODY_NOT_AN_OBJECT = _("The pass from your learning platform is empty or of the wrong shape."), TELL

    # Who sent it, to whom, when
    ISSUER_WRONG = _("The pass comes from another learning platform than your visit."), TELL
    AUDIENCE_WRONG = _("The pass is meant for another tool."), TELL
    AUTHORIZED_PARTY_MISSING = _("The pass is meant for several tools and does not say which."), TELL
    AUTHORIZED_PARTY_WRONG = _("The pass was handed out to another tool."), TELL
    EXPIRY_MISSING = _("The pass does not say until when it is good."), TELL
    EXPIRED = _("The pass was good for a short time only, and that time is over."), AGAIN
    EXPIRY_TOO_FAR = _("The pass claims to be good for far too long."), TELL
    ISSUED_MISSING = _("The pass does not say when it was made."), TELL
    ISSUED_TOO_LONG_AGO = _("The pass was made too long ago."), AGAIN
    ISSUED_IN_FUTURE = _("The pass claims to be from the future: a clock may be wrong."), TELL
    NOT_YET_VALID = _("The pass is not good yet: a clock may be wrong."), TELL
    NONCE_MISSING = _("The pass does not say which visit it was made for."), TELL
    NONCE_WRONG = _("The pass was made for another visit."), AGAIN

    # What it asks for
    VERSION_WRONG = _("Your learning platform speaks another version of LTI than 1.3."), TELL
    MESSAGE_TYPE_MISSING = _("Your learning platform did not say what it wants."), TELL
    MESSAGE_TYPE_UNKNOWN = _("Your learning platform asked for something that LTI does not know."), TELL
    NOTICE_NOT_SUPPORTED = _("This is not a notice that Attune asked for."), TELL
    NO_SUBMISSIONS = (
        _("Your learning platform wants to show a submission. Attune takes none and grades nobody."),
        AGAIN,
    )
    NO_PROCTORING = (
        _("Your learning platform wants Attune to watch over an exam. Attune never does that."),
        AGAIN,
    )
    NO_ASSETS = _("Your learning platform wants Attune to check what students hand in. It never does."), AGAIN
    NO_COURSE_PAGE = (
        _("Your learning platform opened Attune for a whole course. Attune opens from a link."),
        AGAIN,
    )
    DEPLOYMENT_MISSING = _("Your learning platform did not say where Attune is installed."), TELL
    DEPLOYMENT_UNKNOWN = (
        _("Attune does not know the place in your learning platform that you come from."),
        OURS,
    )
    DEPLOYMENT_NOT_APPROVED = _("Attune is installed here, but it was not switched on yet."), OURS
    DEPLOYMENT_CLOSED = _("Attune was switched off for your course. Nothing is held about you here."), OURS
    SUBJECT_MISSING = _("Your learning platform did not say who you are."), TELL
    SUBJECT_MALFORMED = _("Your learning platform named you in a way that we cannot use."), TELL
    ROLES_MISSING = _("Your learning platform did not say what you do in this course."), TELL
    ROLES_MALFORMED = _("Your learning platform described your role in a way that we cannot use."), TELL
    RESOURCE_LINK_MISSING = _("Your learning platform did not say from which link you come."), TELL
    RESOURCE_LINK_MALFORMED = (
        _("Your learning platform described the link in a way that we cannot use."),
        TELL,
    )
    DEEP_LINKING_SETTINGS_MISSING = _("Your learning platform did not say what may be placed here."), TELL
    LINKS_NOT_ACCEPTED = _("Your learning platform takes no links to activities in this place."), OTHER_PLACE
    RETURN_ADDRESS_MISSING = _("Your learning platform did not say where our answer should go."), TELL
    RETURN_ADDRESS_NOT_WEB = (
        _("Your learning platform wants our answer at an address that is not a web page."),
        TELL,
    )
    RETURN_ADDRESS_FOREIGN = (
        _("Your learning platform wants our answer on a site that we do not know."),
        OURS_SITE,
    )
    FOR_USER_EMPTY = _("Your learning platform did not say whose record it asks for."), TELL
    FOR_USER_ANOTHER = (
        _("Your learning platform asked for another person's record. Nobody opens that for them."),
        OWN,
    )
    CONTEXT_MALFORMED = _("Your learning platform described the course in a way that we cannot use."), TELL
    TARGET_NOT_OF_LOGIN = _("Your learning platform changed its mind about which page to open."), TELL
    LIBRARY_DISAGREES = _("The launch breaks a rule of LTI."), TELL


class LaunchRefused(RefusedBecause):
    """A login or a launch that must not go on."""

    code = "launch_refused"

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
