"""How often one launch, account or address may ask for something: counted in Redis, for all web processes.

A limit is no lock. What it stands before has a lock of its own, so that most limits open when Redis is away:
a student must be able to take a yes back while the broker is down.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Final

import redis
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext, ngettext

from lti_tool.core.errors import SlowDown, Transient

log = logging.getLogger(__name__)

PREFIX: Final = "attune:pace:"
View = Callable[..., HttpResponseBase]
Who = Callable[[HttpRequest, dict[str, object]], str]


class TooOften(SlowDown):
    """More than a person, or an honest platform, ever asks for."""

    code = "too_often"

    def __init__(self, *, retry_after_s: int) -> None:
        super().__init__(
            gettext("This was asked for too often in a short time. Nothing was stored."),
            retry_after_s=retry_after_s,
            next_step=ngettext(
                "Wait %(seconds)d second, then try again.",
                "Wait %(seconds)d seconds, then try again.",
                retry_after_s,
            )
            % {"seconds": retry_after_s},
        )


class CountingAway(Transient):
    """Nobody counts, and this is not done uncounted."""

    code = "counting_away"


@dataclass(frozen=True, slots=True)
class Pace:
    """`most` in any window of `per_s` seconds. `closed_when_away`: refuse while nobody counts."""

    name: str
    most: int
    per_s: int
    closed_when_away: bool = False

    def key(self, who: str) -> str:
        """Where it is counted. Neither an address nor a launch can be read from it."""
        return f"{PREFIX}{self.name}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"

    def spend(self, who: str) -> None:
        """Count one. Raises TooOften, CountingAway."""
        if not settings.RATE_LIMITS:
            return
        try:
            count, left_s = _count(self.key(who), self.per_s)
        except redis.exceptions.RedisError:
            log.warning("Redis is away: nobody counts %s.", self.name)
            if self.closed_when_away:
                raise CountingAway from None
            return
        if count > self.most:
            raise TooOften(retry_after_s=max(1, left_s))


def by_launch(request: HttpRequest, named: dict[str, object]) -> str:
    """The launch of the address. An invented one opens nothing, and costs one look."""
    return str(named["launch"])


def by_address(request: HttpRequest, named: dict[str, object]) -> str:
    """Where the request comes from; a whole campus may share one. The proxy in front tells it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def paced(pace: Pace, who: Who, *, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """Count the requests of a view that are made by one of these methods."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
            if request.method in methods:
                pace.spend(who(request, named))
            return view(request, *args, **named)

        return counted

    return decorate


def _count(key: str, per_s: int) -> tuple[int, int]:
    """How many there were in this window, this one among them, and how long it lasts."""
    with _client(settings.REDIS_URL).pipeline() as pipeline:
        pipeline.incr(key)
        pipeline.expire(key, per_s, nx=True)
        pipeline.ttl(key)
        count, _, left_s = pipeline.execute()
    return count, left_s


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
