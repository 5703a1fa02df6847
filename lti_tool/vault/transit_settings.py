"""Where the transit engine of Vault or OpenBao is, and how we show who we are. Checks; asks nobody."""

import importlib.util
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.views.decorators.debug import sensitive_variables

from lti_tool.core import env
from lti_tool.core.words import gettext as _
from lti_tool.vault.errors import KeySettingBroken

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class TransitSettings:
    """One named key of one transit engine."""

    url: str
    key: str
    mount: str
    namespace: str
    ca_file: str
    seconds: int
    token: str = field(repr=False, compare=False)  # a renewed token leads to the same key


@sensitive_variables("token")
def from_environment() -> TransitSettings:
    """Read anew every time: an agent renews the token's file. Raises KeySettingBroken."""
    try:
        token = env.text("ATTUNE_TRANSIT_TOKEN")
    except (env.SettingMissing, OSError, UnicodeDecodeError):
        raise KeySettingBroken(
            _("ATTUNE_KEYRING is transit, and there is no token to show to it."),
            next_step=_("Set ATTUNE_TRANSIT_TOKEN_FILE to the file into which the agent writes its token."),
        ) from None
    return _checked(
        TransitSettings(
            url=env.text("ATTUNE_TRANSIT_URL", "").rstrip("/"),
            key=env.text("ATTUNE_TRANSIT_KEY", "attune"),
            mount=env.text("ATTUNE_TRANSIT_MOUNT", "transit").strip("/"),
            namespace=env.text("ATTUNE_TRANSIT_NAMESPACE", ""),
            ca_file=env.text("ATTUNE_TRANSIT_CA", ""),
            seconds=_seconds(),
            token=token.strip(),
        )
    )


def _seconds() -> int:
    try:
        return max(1, env.number("ATTUNE_TRANSIT_SECONDS", 3))
    except ValueError as error:
        raise KeySettingBroken(str(error), next_step=_("Set ATTUNE_TRANSIT_SECONDS to a number.")) from None


def _checked(found: TransitSettings) -> TransitSettings:
    address = urlsplit(found.url)
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in _LOOPBACK):
        raise KeySettingBroken(
            _("ATTUNE_TRANSIT_URL is not an https address."),
            next_step=_("Set it to the address of Vault or OpenBao: https://vault.example.edu:8200"),
        )
    if importlib.util.find_spec("hvac") is None:
        raise KeySettingBroken(
            _("ATTUNE_KEYRING is transit, and the package hvac is not installed."),
            next_step=_("Install requirements/web.txt or requirements/worker.txt."),
        )
    return found
