"""What must be set right before anybody is let in. Each finding has a stable id and says what to set."""

import ipaddress
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import SplitResult, urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.http.request import validate_host

Check = Callable[[SplitResult], Iterator[CheckMessage]]


@register
def check_installation(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Every check of this module, in the order of their ids."""
    public = urlsplit(settings.PUBLIC_URL)
    return [finding for check in CHECKS for finding in check(public)]


def _public_url_is_an_origin(public: SplitResult) -> Iterator[CheckMessage]:
    if f"{public.scheme}://{public.netloc}".lower() != settings.PUBLIC_URL or not public.hostname:
        yield Error(
            "ATTUNE_PUBLIC_URL is not an origin.",
            hint="Set it to scheme and host in lower case, without a path: https://attune.example.edu",
            id="attune.E001",
        )


def _public_url_is_https(public: SplitResult) -> Iterator[CheckMessage]:
    if public.scheme != "https" and not _is_loopback(public.hostname):
        yield Error(
            "ATTUNE_PUBLIC_URL is not https.",
            hint="Browsers give neither cookies nor the camera to a page in a frame over plain http.",
            id="attune.E002",
        )


def _public_host_is_allowed(public: SplitResult) -> Iterator[CheckMessage]:
    if public.hostname and not validate_host(public.hostname, settings.ALLOWED_HOSTS):
        yield Error(
            "The host of ATTUNE_PUBLIC_URL is not in ATTUNE_ALLOWED_HOSTS.",
            hint=f"Add {public.hostname} to ATTUNE_ALLOWED_HOSTS.",
            id="attune.E003",
        )


def _loopback_platforms_stay_at_home(public: SplitResult) -> Iterator[CheckMessage]:
    if settings.ALLOW_LOOPBACK_PLATFORMS and not _is_loopback(public.hostname):
        yield Error(
            "A public installation would fetch addresses of this machine.",
            hint="Unset ATTUNE_ALLOW_LOOPBACK_PLATFORMS; it is for demonstrations on one machine.",
            id="attune.E004",
        )


def _private_networks_can_be_read(public: SplitResult) -> Iterator[CheckMessage]:
    for network in settings.PRIVATE_PLATFORM_NETWORKS:
        try:
            ipaddress.ip_network(network)
        except ValueError:
            yield Error(
                f"ATTUNE_PRIVATE_PLATFORM_NETWORKS holds {network!r}, which is not a network.",
                hint="Write networks as 10.20.0.0/16, separated by commas.",
                id="attune.E005",
            )


def _proxy_tells_of_tls(public: SplitResult) -> Iterator[CheckMessage]:
    if public.scheme == "https" and not settings.SECURE_PROXY_SSL_HEADER:
        yield Warning(
            "ATTUNE_PUBLIC_URL is https, but requests are not known to arrive over TLS.",
            hint="Behind a proxy that ends TLS and sets X-Forwarded-Proto, set ATTUNE_BEHIND_TLS_PROXY=1.",
            id="attune.W001",
        )


def _debug_stays_at_home(public: SplitResult) -> Iterator[CheckMessage]:
    if settings.DEBUG and not _is_loopback(public.hostname):
        yield Warning(
            "ATTUNE_DEBUG is on for a public installation: its fault pages tell too much.",
            hint="Unset ATTUNE_DEBUG.",
            id="attune.W002",
        )


def _is_loopback(host: str | None) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"} or bool(host and host.endswith(".localhost"))


CHECKS: tuple[Check, ...] = (
    _public_url_is_an_origin,
    _public_url_is_https,
    _public_host_is_allowed,
    _loopback_platforms_stay_at_home,
    _private_networks_can_be_read,
    _proxy_tells_of_tls,
    _debug_stays_at_home,
)
