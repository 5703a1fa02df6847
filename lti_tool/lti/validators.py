"""What may stand in a platform's record. A frame origin ends up in a header: it may hold nothing else.

The rules are the same whoever wrote the record: a form, a command or a platform that registered itself.
"""

import re
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from lti_tool.lti.protocol.addresses import is_endpoint, is_issuer

_ORIGIN: Final = re.compile(r"https?://(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


def within(least: float, most: float) -> tuple[MinValueValidator, MaxValueValidator]:
    """Validators of a number from `least` to `most`."""
    return MinValueValidator(least), MaxValueValidator(most)


def validate_endpoint(url: object) -> None:
    """An https address; plain http only to this machine, where the installation allows it."""
    if not is_endpoint(url, loopback=settings.ALLOW_LOOPBACK_PLATFORMS):
        words = _("%(url)s is not an address we can use: write https://host/path.")
        raise ValidationError(words, params={"url": repr(url)})


def validate_issuer(url: object) -> None:
    """The name by which a platform signs: an address without a query."""
    if not is_issuer(url, loopback=settings.ALLOW_LOOPBACK_PLATFORMS):
        words = _("%(url)s is not an issuer: write https://host, as the platform itself does.")
        raise ValidationError(words, params={"url": repr(url)})


def validate_origins(origins: object) -> None:
    """A list of `https://host`, `https://*.host` or `https://host:port`. Raises ValidationError."""
    if not isinstance(origins, list):
        raise ValidationError(_('Write a list of origins, such as ["https://moodle.example.edu"].'))
    for origin in origins:
        if not isinstance(origin, str) or not _ORIGIN.fullmatch(origin):
            words = _("%(origin)s is not an origin: write https://host, without a path.")
            raise ValidationError(words, params={"origin": repr(origin)})
