"""What wraps and unwraps keys, as the rest of the vault sees it. Knows no setting and no back end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeVar

from lti_tool.core.words import gettext as _
from lti_tool.vault.errors import WrongKey
from lti_tool.vault.secrets import SecretKey

T = TypeVar("T")


class WrappedKey(NamedTuple):
    """A key that only the key-encryption key of `version` opens."""

    body: bytes
    version: str


class KeyHolder(Protocol):
    """One place that holds key-encryption keys. Each call takes many at once: it may go over a network.

    All raise WrongKey for what they cannot open, and Transient when they cannot be asked right now.
    """

    def current_version(self) -> str:
        """The version that wraps what is new."""

    def holds(self, version: str) -> bool:
        """Whether a version of this name is kept here."""

    def identity(self, version: str) -> object:
        """What stays equal as long as it is the same key under that name."""

    def wrap(self, keys: Sequence[SecretKey]) -> list[WrappedKey]:
        """Each key under the current version, in order."""

    def unwrap(self, wrapped: Sequence[WrappedKey]) -> list[SecretKey]:
        """Each key, in order."""

    def rewrap(self, wrapped: Sequence[WrappedKey]) -> list[WrappedKey]:
        """The same keys under the current version, in order."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every holder in use. The first wraps what is new; the others still open what they once wrapped."""

    holders: tuple[KeyHolder, ...]

    def current_version(self) -> str:
        """The version that wraps what is new."""
        return self.holders[0].current_version()

    def holds(self, version: str) -> bool:
        """Whether any holder keeps a version of this name."""
        return any(holder.holds(version) for holder in self.holders)

    def identity(self, version: str) -> object:
        """What stays equal as long as it is the same key under that name. Raises WrongKey."""
        return self._holder_of(version).identity(version)

    def wrap(self, keys: Sequence[SecretKey]) -> list[WrappedKey]:
        """Each key under the current version, in order. Raises Transient."""
        return self.holders[0].wrap(keys)

    def unwrap(self, wrapped: Sequence[WrappedKey]) -> list[SecretKey]:
        """Each key, in order; one call to each holder that is needed. Raises WrongKey, Transient."""
        return self._with_holders(wrapped, lambda holder, own: holder.unwrap(own))

    def rewrap(self, wrapped: Sequence[WrappedKey]) -> list[WrappedKey]:
        """The same keys under the current version, in order. Raises WrongKey, Transient."""
        return self._with_holders(wrapped, self._rewrap)

    def _rewrap(self, holder: KeyHolder, own: Sequence[WrappedKey]) -> list[WrappedKey]:
        # A holder that rewraps for itself need not let the keys out.
        return holder.rewrap(own) if holder is self.holders[0] else self.wrap(holder.unwrap(own))

    def _with_holders(
        self, wrapped: Sequence[WrappedKey], act: Callable[[KeyHolder, Sequence[WrappedKey]], list[T]]
    ) -> list[T]:
        holders = [self._holder_of(key.version) for key in wrapped]
        done: dict[int, T] = {}
        for holder in self.holders:
            places = [place for place, responsible in enumerate(holders) if responsible is holder]
            if places:
                done.update(zip(places, act(holder, [wrapped[place] for place in places]), strict=True))
        return [done[place] for place in range(len(wrapped))]

    def _holder_of(self, version: str) -> KeyHolder:
        for holder in self.holders:
            if holder.holds(version):
                return holder
        text = _("There is no key-encryption key of version %(version)r in use.")
        raise WrongKey(text % {"version": version})
