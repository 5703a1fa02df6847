"""What may stand in a platform's record. A frame origin ends up in a header: it may hold nothing else."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

_ORIGIN: Final = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


def within(least: float, most: float) -> tuple[MinValueValidator, MaxValueValidator]:
    """Validators of a number from `least` to `most`."""
    return MinValueValidator(least), MaxValueValidator(most)


def validate_origins(origins: object) -> None:
    """A list of `https://host`, `https://*.host` or `https://host:port`. Raises ValidationError."""
    if not isinstance(origins, list):
        raise ValidationError("Write a list of origins, such as [“https://moodle.example.edu”].")
    for origin in origins:
        if not isinstance(origin, str) or not _ORIGIN.fullmatch(origin):
            raise ValidationError(f"{origin!r} is not an origin: write https://host, without a path.")
