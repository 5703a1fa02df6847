"""Which stretch of time a chart shows: whole weeks, so that two charts can be laid side by side. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

SHORT_WEEKS = 4
TERM_WEEKS = 12


def monday(at: datetime) -> datetime:
    """The first moment of the week."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=midnight.weekday())


def window(moments: Sequence[datetime], now: datetime) -> tuple[datetime, datetime]:
    """Four weeks while they hold everything, a term's twelve afterwards; ends with the current week."""
    end = monday(now) + timedelta(weeks=1)
    short = end - timedelta(weeks=SHORT_WEEKS)
    if all(at >= short for at in moments):
        return short, end
    return end - timedelta(weeks=TERM_WEEKS), end
