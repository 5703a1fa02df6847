"""A data privacy launch: somebody comes for what is held about them. Knows nothing of what that is."""

from lti_tool.lti.protocol import claims as c
from lti_tool.lti.protocol.reading import mapping
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason


def check_for_user(claims: c.Claims, *, sub: str) -> None:
    """Whom the launch is about: the person who launches, named or not. Raises LaunchRefused for anybody else.

    The draft lets an administrator come for a student. Here nobody opens the record of another by a launch.
    """
    value = claims.get(c.FOR_USER)
    if value is None:
        return
    about = (mapping(value) or {}).get("user_id")
    if not about:
        raise LaunchRefused(Reason.FOR_USER_EMPTY)
    if about != sub:
        raise LaunchRefused(Reason.FOR_USER_ANOTHER)
