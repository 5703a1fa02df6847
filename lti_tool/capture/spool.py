"""Short-lived sealed storage of frames in Redis. Knows no student and no score.

A snippet's frames are sealed under a key of their own. Redis holds the sealed bytes, the caller holds the
wrapped key: when either half is gone, the frames are gone. Redis drops its half after SPOOL_MAX_SECONDS.
"""

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import cast
from uuid import UUID

import redis
from django.conf import settings

from lti_tool.capture.errors import Backlogged, FramesGone, SpoolAway
from lti_tool.vault import services as vault
from lti_tool.vault.errors import SealBroken
from lti_tool.vault.sealing import seal, unseal

PREFIX = "attune:spool:"
LENGTH = struct.Struct(">I")


def put(snippet: UUID, frames: Sequence[bytes]) -> bytes:
    """Seal the frames and keep them for a while. Returns their wrapped key.

    Raises Backlogged when the spool is full, SpoolAway when it does not answer.
    """
    key, wrapped = vault.new_wrapped_key()
    sealed = seal(_pack(frames), key, binding=_binding(snippet))
    with _spool() as client:
        client.set(_name(snippet), sealed, ex=settings.SPOOL_MAX_SECONDS)
    return wrapped


def take(snippet: UUID, wrapped: bytes) -> list[bytes]:
    """The frames, still in the spool afterwards. Raises FramesGone, SpoolAway."""
    with _spool() as client:
        sealed = cast("bytes | None", client.get(_name(snippet)))
    if not sealed or not wrapped:
        raise FramesGone
    try:
        return list(_unpack(unseal(sealed, vault.unwrap_ephemeral(wrapped), binding=_binding(snippet))))
    except SealBroken as error:
        raise FramesGone from error


def destroy(*snippets: UUID) -> None:
    """Drop the sealed frames of these snippets now. Raises SpoolAway."""
    if snippets:
        with _spool() as client:
            client.delete(*map(_name, snippets))


def holds(snippet: UUID) -> bool:
    """Whether sealed frames of this snippet are still there. Raises SpoolAway."""
    with _spool() as client:
        return bool(client.exists(_name(snippet)))


@contextmanager
def _spool() -> Iterator[redis.Redis]:
    try:
        yield _client(settings.SPOOL_URL)
    except redis.exceptions.OutOfMemoryError as error:
        raise Backlogged from error
    except (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError) as error:
        raise SpoolAway from error


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)


def _name(snippet: UUID) -> str:
    return f"{PREFIX}{snippet}"


def _binding(snippet: UUID) -> bytes:
    return f"attune-spool-v1|{snippet}".encode()


def _pack(frames: Sequence[bytes]) -> bytes:
    return b"".join(LENGTH.pack(len(frame)) + frame for frame in frames)


def _unpack(packed: bytes) -> Iterator[bytes]:
    position = 0
    while position < len(packed):
        (length,) = LENGTH.unpack_from(packed, position)
        position += LENGTH.size
        yield packed[position : position + length]
        position += length
