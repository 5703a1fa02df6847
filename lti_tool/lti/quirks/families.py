"""All platform families that are known, and which one a platform belongs to."""

from typing import Final

from lti_tool.lti.quirks import blackboard, brightspace, canvas, moodle, open_edx, sakai
from lti_tool.lti.quirks.family import PLAIN, Quirks

FAMILIES: Final = (
    moodle.QUIRKS,
    canvas.QUIRKS,
    blackboard.QUIRKS,
    brightspace.QUIRKS,
    sakai.QUIRKS,
    open_edx.QUIRKS,
)
_BY_CODE: Final = {code: family for family in FAMILIES for code in family.codes}


def quirks_of(family_code: str) -> Quirks:
    """What to mind with a platform that calls itself so."""
    return _BY_CODE.get(family_code.strip().lower(), PLAIN)


def known_codes() -> list[str]:
    """The words by which a platform can be told apart, for who enters one by hand."""
    return sorted(_BY_CODE)
