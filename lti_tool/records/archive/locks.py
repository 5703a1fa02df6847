"""The one door to age, opened late: lock what leaves for a public key, or behind a passphrase."""

from collections.abc import Callable, Iterator
from typing import IO, Protocol

from django.views.decorators.debug import sensitive_variables

from lti_tool.domain.exporting import is_strong
from lti_tool.records.archive.packing import Pulled
from lti_tool.records.errors import PassphraseWeak, RecipientUnusable, SecretKeyShown


class Lock(Protocol):
    """What an archive is shut with."""

    def shut(self, pieces: Iterator[bytes], into: IO[bytes]) -> None:
        """Encrypt the pieces. What goes wrong while they are made goes wrong here."""


class ForRecipient:
    """Whoever holds the secret key to this public one reads it. In memory: one piece at a time."""

    def __init__(self, written: str) -> None:
        """Raises RecipientUnusable, SecretKeyShown."""
        import pyrage

        if written.strip().upper().startswith("AGE-SECRET-KEY-"):
            raise SecretKeyShown
        try:
            self._recipient = pyrage.x25519.Recipient.from_str(written.strip())
        except pyrage.RecipientError:
            raise RecipientUnusable from None

    def shut(self, pieces: Iterator[bytes], into: IO[bytes]) -> None:
        """Encrypt as it comes."""
        import pyrage

        source = Pulled(pieces)
        try:
            pyrage.encrypt_io(source, into, [self._recipient])
        except pyrage.EncryptError:
            raise source.failure or RuntimeError("age could not encrypt") from None


class WithPassphrase:
    """Whoever knows the words reads it. In memory: the whole archive, packed."""

    def __init__(self, passphrase: str) -> None:
        """Raises PassphraseWeak."""
        if not is_strong(passphrase):
            raise PassphraseWeak
        self.__words: Callable[[], str] = lambda: passphrase  # reached by a call only, like a key

    @sensitive_variables()
    def shut(self, pieces: Iterator[bytes], into: IO[bytes]) -> None:
        """Encrypt in one go: the library has no other way for a passphrase."""
        import pyrage

        into.write(pyrage.passphrase.encrypt(b"".join(pieces), self.__words()))
