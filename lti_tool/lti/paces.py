"""How often somebody may knock at the doors of this room. Numbers only.

A lecture hall of a thousand comes from one address in one minute: where an address counts, it is generous.
All of these open when Redis is away: behind each stands a signature, a secret nobody guesses, or a launch.
"""

from typing import Final

from lti_tool.core.pace import Pace

LOGINS: Final = Pace("logins", most=3000, per_s=60)
LAUNCHES: Final = Pace("launches", most=3000, per_s=60)
REGISTRATIONS: Final = Pace("registrations", most=30, per_s=600)
NOTICES: Final = Pace("notices", most=600, per_s=60)
CODES: Final = Pace("codes", most=10, per_s=600)
CODES_AT_THE_DOOR: Final = Pace("codes-at-the-door", most=30, per_s=600)
NEW_TABS: Final = Pace("new-tabs", most=20, per_s=60)
ENTRIES: Final = Pace("entries", most=600, per_s=60)
PLACINGS: Final = Pace("placings", most=20, per_s=60)
