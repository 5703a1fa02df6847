"""What can go wrong with keys and seals. None of these messages holds a secret."""

from lti_tool.core.errors import AttuneError, Missing, Transient
from lti_tool.core.words import gettext_noop as _


class SealBroken(AttuneError):
    """Sealed bytes were changed, moved to another place, or opened with another key."""

    code = "seal_broken"
    message = _("A sealed record could not be opened: it was changed, moved, or sealed under another key.")
    next_step = _("Tell the people who run Attune. Nothing was shown.")


class WrongKey(AttuneError):
    """The key-encryption key is not the one that wrapped this."""

    code = "wrong_key"
    message = _("A stored key could not be unwrapped with the key-encryption keys in use.")
    next_step = _(
        "Add the key-encryption key of that version to the keyring again (runbook: “A key is lost”)."
    )


class KeyReplaced(WrongKey):
    """Under this version's name there is another key than before. Nothing was wrapped with it."""

    code = "key_replaced"
    message = _("A key-encryption key is not the one that this installation used under the same name before.")
    next_step = _("Put back the key of that version. A new key needs a version of its own: v2:NEW,v1:OLD.")


class KeySettingBroken(AttuneError):
    """The keyring's settings are missing or cannot be used."""

    code = "key_setting_broken"
    message = _("ATTUNE_KEK is not set, or is not a list of base64 keys of 32 bytes.")
    next_step = _("Set ATTUNE_KEK (or ATTUNE_KEK_FILE) to the output of: openssl rand -base64 32")


class KeyServerAway(Transient):
    """Vault or OpenBao is not reachable, sealed, or too busy: worth another try."""

    code = "key_server_away"
    message = _("The server that keeps the keys did not answer. Nothing was lost or shown.")
    next_step = _("Please try again in a minute. Whoever runs Attune: is it up and unsealed?")


class KeyServerRefused(AttuneError):
    """Vault or OpenBao does not let us use the key: no use in trying again as things are."""

    code = "key_server_refused"
    message = _("The server that keeps the keys refused. Nothing was lost or shown.")
    next_step = _("Tell the people who run Attune: the runbook says what its answer means.")


class KeyDestroyed(Missing):
    """The data key was destroyed on purpose: what it sealed is gone for good."""

    code = "key_destroyed"
    message = _("This file was erased. Its key was destroyed, so nobody can read it any more.")
