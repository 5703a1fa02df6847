"""What can go wrong with keys and seals. None of these messages holds a secret."""

from lti_tool.core.errors import AttuneError, Missing


class SealBroken(AttuneError):
    """Sealed bytes were changed, moved to another place, or opened with another key."""

    code = "seal_broken"
    message = "A sealed record could not be opened: it was changed, moved, or sealed under another key."
    next_step = "Tell the people who run Attune. Nothing was shown."


class WrongKey(AttuneError):
    """The key-encryption key is not the one that wrapped this."""

    code = "wrong_key"
    message = "A stored key could not be unwrapped with the key-encryption keys in use."
    next_step = "Add the key-encryption key of that version to ATTUNE_KEK and start Attune again."


class KeySettingBroken(AttuneError):
    """ATTUNE_KEK is missing or cannot be read as keys."""

    code = "key_setting_broken"
    message = "ATTUNE_KEK is not set, or is not a list of base64 keys of 32 bytes."
    next_step = "Set ATTUNE_KEK (or ATTUNE_KEK_FILE) to the output of: openssl rand -base64 32"


class KeyDestroyed(Missing):
    """The data key was destroyed on purpose: what it sealed is gone for good."""

    code = "key_destroyed"
    message = "This file was erased. Its key was destroyed, so nobody can read it any more."
