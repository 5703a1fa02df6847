"""The one place that asks what time it is. Rules take time as an argument instead."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return timezone.now()
