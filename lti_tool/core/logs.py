"""Log lines without what opens a page. Knows addresses by their form only."""

import logging
import re
import time
from typing import Final

# Launches under /l/; launches, one-time passes and registration links under /lti/; registration tokens in a
# query, or in an address inside of one: who reads one in a log must not get in by it.
_OPENS: Final = re.compile(
    r"""(/l/|/lti/(?:enter|new-tab|place|invitation|register)/)[\w-]+|(registration_token(?:=|%3D))[^&\s"']+""",
    re.IGNORECASE,
)


class GuardedFormatter(logging.Formatter):
    """Replaces ids of launches and passes in the whole entry, its traceback included. Times are UTC."""

    converter = staticmethod(time.gmtime)
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        """The entry as it may be written."""
        return _OPENS.sub(r"\1\2…", super().format(record))
