"""The keyring of this installation, from its settings: which back ends there are, and which comes first."""

import os
from pathlib import Path

from lti_tool.core import env
from lti_tool.core.words import gettext as _
from lti_tool.vault import key_files, local_keys, transit_settings
from lti_tool.vault.errors import KeySettingBroken
from lti_tool.vault.keyring import KeyHolder, Keyring
from lti_tool.vault.transit import TransitKeys

SETTING = "ATTUNE_KEK"
FILE_SETTING = "ATTUNE_KEK_FILE"


def load() -> Keyring:
    """Read the settings, every time: a rotated key is in use without a restart. Raises KeySettingBroken."""
    kind = env.text("ATTUNE_KEYRING", "local")
    if kind == "transit":
        # Keys of before stay readable beside it until everything is rewrapped.
        return Keyring((transit_keys(), *((_local(),) if is_local_set() else ())))
    if kind != "local":
        raise KeySettingBroken(
            _("ATTUNE_KEYRING is neither local nor transit."), next_step=_("Set it to local or transit.")
        )
    # And the other way round, for who leaves Vault.
    return Keyring((_local(), *((transit_keys(),) if is_transit_set() else ())))


def is_local_set() -> bool:
    """Whether keys of our own are named at all."""
    return SETTING in os.environ or FILE_SETTING in os.environ


def is_transit_set() -> bool:
    """Whether a transit engine is named at all."""
    return bool(env.text("ATTUNE_TRANSIT_URL", ""))


def transit_keys() -> KeyHolder:
    """The keys in Vault or OpenBao. Raises KeySettingBroken."""
    return TransitKeys(transit_settings.from_environment())


def _local() -> KeyHolder:
    if SETTING in os.environ:
        return local_keys.parse(os.environ[SETTING])
    if FILE_SETTING not in os.environ:
        raise KeySettingBroken
    shared = env.flag("ATTUNE_KEK_FILE_SHARED", default=False)
    return local_keys.parse(key_files.read(Path(os.environ[FILE_SETTING]), shared=shared))
