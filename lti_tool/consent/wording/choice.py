"""What stands beside one tick of the consent page."""

from dataclasses import dataclass

from lti_tool.domain.consent import Purpose


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands beside a tick. `alone`: the hint where sharing is not asked for on the same page."""

    label: str
    hint: str
    alone: str = ""


Version = str
Words = dict[Version, dict[Purpose, Choice]]
"""The choices of each version, in one language."""
