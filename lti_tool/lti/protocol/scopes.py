"""What the tool asks leave for: the course list, and to be told of copied courses. Never a score."""

from typing import Final

ROSTER: Final = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
NOTICES: Final = "https://purl.imsglobal.org/spec/lti/scope/noticehandlers"

SCOPES: Final = (ROSTER, NOTICES)
