"""Key-encryption keys that never leave Vault or OpenBao: its transit engine wraps and unwraps for us.

A version is `transit:v3`, as the engine numbers it. Nothing is kept between calls, since a destroyed data key
must not live on here: many keys are one call instead.
https://openbao.org/api-docs/secret/transit/ · https://developer.hashicorp.com/vault/api-docs/secret/transit
"""

import base64
import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import requests
from django.views.decorators.debug import sensitive_variables

from lti_tool.core.words import gettext as _
from lti_tool.vault import transit_answers
from lti_tool.vault.errors import KeyServerRefused
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.secrets import SecretKey
from lti_tool.vault.transit_settings import TransitSettings

if TYPE_CHECKING:
    from hvac.api.secrets_engines.transit import Transit

Batch = list[dict[str, str]]

_PREFIX = "transit:"
_CIPHERTEXT = re.compile(r"\w+:(v\d+):")
_here = threading.local()


@dataclass(frozen=True, slots=True)
class TransitKeys:
    """The versions of one named key."""

    settings: TransitSettings

    def current_version(self) -> str:
        """The version that wraps what is new: asked by wrapping something that is thrown away."""
        return self.wrap([SecretKey.new()])[0].version

    def holds(self, version: str) -> bool:
        """Whether the version is one of this engine's."""
        return version.startswith(_PREFIX)

    def identity(self, version: str) -> object:
        """The engine's address and the key's name."""
        return self.settings

    def wrap(self, keys: Sequence[SecretKey]) -> list[WrappedKey]:
        """Each key under the newest version."""
        return _wrapped(self._ask("encrypt_data", lambda: _plaintexts(keys)))

    @sensitive_variables("results")
    def unwrap(self, wrapped: Sequence[WrappedKey]) -> list[SecretKey]:
        """Each key. Raises WrongKey, also for a version that the engine does not open any more."""
        results = self._ask("decrypt_data", lambda: _ciphertexts(wrapped))
        return [SecretKey(base64.b64decode(result["plaintext"])) for result in results]

    def rewrap(self, wrapped: Sequence[WrappedKey]) -> list[WrappedKey]:
        """The same keys under the newest version; they do not leave the engine."""
        # The client asks for a ciphertext beside the batch; the engine ignores it.
        return _wrapped(self._ask("rewrap_data", lambda: _ciphertexts(wrapped), ciphertext=""))

    @sensitive_variables("answer")
    def _ask(self, call: str, batch: Callable[[], Batch], **unused: str) -> list[Mapping[str, str]]:
        """One call for the whole batch. Raises KeyServerAway, KeyServerRefused, WrongKey.

        The batch is made inside the call: no frame that an error passes through holds it.
        """
        transit = _transit(self.settings)
        answer, failure = transit_answers.of(
            lambda: getattr(transit, call)(
                name=self.settings.key, mount_point=self.settings.mount, batch_input=batch(), **unused
            )
        )
        if failure is not None:
            # Raised here, away from the client's own error: that one holds the whole answer, keys included.
            raise failure
        return answer


def _transit(settings: TransitSettings) -> "Transit":
    import hvac

    client = hvac.Client(
        url=settings.url,
        token=settings.token,
        namespace=settings.namespace or None,
        verify=settings.ca_file or True,
        timeout=settings.seconds,
        allow_redirects=False,  # it would carry the token to wherever the answer points
        session=_session(),
    )
    return client.secrets.transit


def _session() -> requests.Session:
    """This thread's connection, kept open: a handshake for each key would cost more than the key."""
    if getattr(_here, "process", None) != os.getpid():  # a fork must not share its parent's connection
        _here.process, _here.session = os.getpid(), requests.Session()
        _here.session.trust_env = False  # neither a proxy nor a password from the surroundings
    session: requests.Session = _here.session
    return session


def _plaintexts(keys: Sequence[SecretKey]) -> Batch:
    return [{"plaintext": base64.b64encode(key.reveal()).decode()} for key in keys]


def _ciphertexts(wrapped: Sequence[WrappedKey]) -> Batch:
    return [{"ciphertext": key.body.decode("ascii", errors="replace")} for key in wrapped]


def _wrapped(results: Sequence[Mapping[str, str]]) -> list[WrappedKey]:
    return [WrappedKey(result["ciphertext"].encode(), _version(result["ciphertext"])) for result in results]


def _version(ciphertext: str) -> str:
    found = _CIPHERTEXT.match(ciphertext)
    if found is None:
        raise KeyServerRefused(_("The server that keeps the keys answered in a form that is not known here."))
    return _PREFIX + found[1]
