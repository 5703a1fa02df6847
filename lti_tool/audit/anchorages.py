"""Places outside in which the head of the chain is left: a file, a syslog, an address. Knows no database.

ATTUNE_AUDIT_ANCHORS lists them: `file:/path`, `syslog:/dev/log`, `syslog://host:514` (UDP),
`syslog+tcp://host:601`, `https://...`.
"""

import os
import socket
from dataclasses import dataclass
from datetime import UTC
from logging.handlers import SysLogHandler
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from lti_tool.audit.anchors import Anchor
from lti_tool.core.http import PlatformSilent, ask

SYSLOG_PORT: Final = 514
SYSLOG_SECONDS: Final = 5.0
PRIORITY: Final = SysLogHandler.LOG_AUTHPRIV * 8 + SysLogHandler.LOG_NOTICE


class AnchorageUnknown(ValueError):
    """The setting names a place of a kind that is not known here."""


class AnchorRefused(Exception):
    """The place did not take the anchor. The text is safe to log."""


class Place(Protocol):
    """Somewhere outside."""

    @property
    def label(self) -> str:
        """How logs and the administration name it, without what opens it."""

    def leave(self, anchor: Anchor) -> None:
        """Leave an anchor there. Raises AnchorRefused."""


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """A file to which lines are only added. Best on a disk that whoever runs the database cannot reach."""

    path: Path

    @property
    def label(self) -> str:
        """Its path."""
        return f"file:{self.path}"

    def leave(self, anchor: Anchor) -> None:
        """One line more, on the disk before this returns."""
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(handle, f"{self._line_break(handle)}{anchor.line()}\n".encode())
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise AnchorRefused(f"the file cannot be written: {error.strerror}") from error

    @staticmethod
    def _line_break(handle: int) -> str:
        """Needed where a crash or a full disk left half a line."""
        size = os.fstat(handle).st_size
        return "\n" if size and os.pread(handle, 1, size - 1) != b"\n" else ""


@dataclass(frozen=True, slots=True)
class AnchorSyslog:
    """A syslog, spoken to as RFC 5424 has it. (The standard library's handler may wait for ever.)"""

    label: str
    address: str | tuple[str, int]
    kind: socket.SocketKind = socket.SOCK_DGRAM

    def leave(self, anchor: Anchor) -> None:
        """One message to the security facility."""
        try:
            with socket.socket(*self._family_and_kind()) as log:
                log.settimeout(SYSLOG_SECONDS)
                log.connect(self.address)
                log.sendall(self._message(anchor).encode())
        except OSError as error:
            raise AnchorRefused(f"the syslog did not take it: {error.strerror or error}") from error

    def _family_and_kind(self) -> tuple[int, socket.SocketKind]:
        if isinstance(self.address, str):
            return socket.AF_UNIX, self.kind
        return socket.getaddrinfo(*self.address, type=self.kind)[0][0], self.kind

    def _message(self, anchor: Anchor) -> str:
        """Priority, version, time, host, program, process, message id, no structured data, message."""
        moment = anchor.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        origin = f"{socket.gethostname() or '-'} attune {os.getpid()} audit-anchor -"
        end = "\n" if self.kind == socket.SOCK_STREAM else ""  # RFC 6587, 3.4.2
        return f"<{PRIORITY}>1 {moment} {origin} {anchor.line()}{end}"


@dataclass(frozen=True, slots=True)
class AnchorAddress:
    """An address that takes anchors by POST, as JSON."""

    url: str

    @property
    def label(self) -> str:
        """Its host: the rest may be what opens it."""
        return f"https://{urlsplit(self.url).hostname}"

    def leave(self, anchor: Anchor) -> None:
        """Send it. Only a 2xx answer counts."""
        try:
            answer = ask(self.url, document=anchor.document())
        except PlatformSilent as error:
            raise AnchorRefused("the address did not answer, or may not be called") from error
        if not answer.is_good:
            raise AnchorRefused(f"the address answered {answer.status}")


def parse(words: list[str]) -> list[Place]:
    """The places of the setting. Raises AnchorageUnknown, without what the place is opened by."""
    return [_place(word) for word in words]


def _place(word: str) -> Place:
    parts = urlsplit(word)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return AnchorFile(Path(parts.path))
    if parts.scheme == "https" and parts.hostname:
        return AnchorAddress(word)
    if parts.scheme == "syslog" and not parts.netloc and parts.path.startswith("/"):
        return AnchorSyslog(word, parts.path)
    if parts.scheme in {"syslog", "syslog+tcp"} and parts.hostname:
        kind = socket.SOCK_STREAM if parts.scheme == "syslog+tcp" else socket.SOCK_DGRAM
        return AnchorSyslog(word, (parts.hostname, parts.port or SYSLOG_PORT), kind)
    raise AnchorageUnknown(f"Anchors cannot be left at {parts.scheme or 'a place without a kind'}:...")
