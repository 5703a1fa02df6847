"""Pack members into one stream, with the list of them as the last. Never holds more than one of them."""

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lti_tool.records.archive import tool

_GZIP_WINDOW = 16 + zlib.MAX_WBITS


class Listing:
    """What went into the archive so far, as the manifest lists it."""

    def __init__(self) -> None:
        self.members: list[dict[str, Any]] = []

    def add(self, name: str, lines: Iterable[Mapping[str, Any]]) -> tool.Member:
        """One more member of JSON lines."""
        body = b"".join(_line(line) for line in lines)
        sha = hashlib.sha256(body).hexdigest()
        self.members.append({"name": name, "sha256": sha, "bytes": len(body)})
        return tool.Member(name, body)

    @property
    def contents(self) -> str:
        """One hash for all of them."""
        return tool.digest_of({own["name"]: own["sha256"] for own in self.members})

    def close(self, facts: Mapping[str, Any]) -> tool.Member:
        """The manifest: the facts, and the list."""
        told = {"format": tool.FORMAT, "version": tool.VERSION, **facts}
        return tool.Member(tool.MANIFEST, _line(told | {"contents": self.contents, "members": self.members}))


def packed(members: Iterable[tool.Member]) -> Iterator[bytes]:
    """The members as tar.gz, with zeros behind it up to a whole chunk of age: unpackers pass over them."""
    gzip, length = zlib.compressobj(wbits=_GZIP_WINDOW), 0
    for piece in _tar(members):
        if ready := gzip.compress(piece):
            length += len(ready)
            yield ready
    rest = gzip.flush()
    yield rest
    yield bytes(-(length + len(rest)) % tool.AGE_CHUNK)


def _tar(members: Iterable[tool.Member]) -> Iterator[bytes]:
    for member in members:
        entry = tarfile.TarInfo(tool.ROOT + member.name)
        entry.size, entry.mode = len(member.body), 0o600
        yield entry.tobuf()
        yield member.body
        yield bytes(-len(member.body) % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _line(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


class Pulled(io.RawIOBase):
    """Pieces as a file that is read from. Remembers what went wrong: a library may hide it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""
        self.failure: Exception | None = None

    def readable(self) -> bool:
        """Yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, none at the end."""
        while not self._left:
            try:
                piece = next(self._pieces, None)
            except Exception as failure:
                self.failure = failure
                raise
            if piece is None:
                return b""
            self._left = piece
        taken, self._left = self._left[:size], self._left[size:]
        return taken
