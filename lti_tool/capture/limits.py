"""The bounds of the intake and the patience of the workers. Numbers only."""

from datetime import timedelta
from typing import Final

from lti_tool.core.pace import Pace

FRAME_MAX_BYTES: Final = 512 * 1024
SNIPPET_MAX_BYTES: Final = 3 * 1024 * 1024
FRAME_MIN_SIDE: Final = 64
FRAME_MAX_SIDE: Final = 1280

# Room for the borders and fields of a multipart body.
BODY_MAX_BYTES: Final = SNIPPET_MAX_BYTES + 64 * 1024
# A snippet of 0.3 MB needs this long on a line of 80 kbit/s; nothing else that people send is as large.
BODY_MAX_S: Final = 30

# A page that sends again what was not taken stays under this; a deployment may ask for a snippet each second.
# Both open when Redis is away: then the spool is away, too, and takes nothing.
SNIPPETS: Final = Pace("snippets", most=180, per_s=60)
STARTS: Final = Pace("starts", most=20, per_s=60)

# Snippets waiting in the whole house, and of one session, before the intake says "slow down".
BACKLOG_MAX: Final = 300
OWN_BACKLOG_MAX: Final = 6
RETRY_AFTER_S: Final = 10

MEASURING_MAX_S: Final = 60
# An older claim belongs to a worker that is no more.
CLAIM_HOLDS: Final = timedelta(seconds=MEASURING_MAX_S + 5)
RECEIVED_OVERDUE: Final = timedelta(seconds=45)
ATTEMPTS_MAX: Final = 4

# Snippets measured in one call. Their results come together: one core takes about a second for so many.
BATCH_SNIPPETS_MAX: Final = 32

# A page's clock may be wrong by hours: outside this window the time of arrival counts.
CLOCK_TRUSTED: Final = timedelta(minutes=10)
IDLE_ENDS: Final = timedelta(minutes=30)
OVERTAKING: Final = timedelta(minutes=2)
STRIP_SHOWS: Final = timedelta(hours=1)
