"""Read and check what a platform says of itself when it registers us. Knows not how it was fetched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lti_tool.core.words import gettext
from lti_tool.lti.protocol.addresses import host_of, is_endpoint, is_issuer
from lti_tool.lti.protocol.parties import origin_of
from lti_tool.lti.protocol.reading import family_in, mapping
from lti_tool.lti.protocol.registration_refusals import Obstacle, RegistrationRefused

LTI_PLATFORM: Final = "https://purl.imsglobal.org/spec/lti-platform-configuration"
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint")

Document = Mapping[str, object]
SpeaksFor = Callable[[str, str], bool]
"""From a host and an issuer to whether that host may describe that issuer."""


@dataclass(frozen=True, slots=True)
class PlatformConfiguration:
    """A platform as it describes itself: every address is checked, every list holds texts only."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    registration_endpoint: str
    scopes: frozenset[str]
    claims: frozenset[str]
    product_family: str
    messages: frozenset[str]
    variables: frozenset[str]

    @property
    def origins(self) -> list[str]:
        """Where its pages live. An issuer may be a name that many schools share, hence the other two."""
        pages = (self.issuer, self.authorization_endpoint, self.registration_endpoint)
        return list(dict.fromkeys(map(origin_of, pages)))


def same_host(host: str, issuer: str) -> bool:
    """The rule of the specification: a platform is described by its own host."""
    return host == host_of(issuer)


def read_configuration(
    document: object, *, url: str, loopback: bool, speaks_for: SpeaksFor = same_host
) -> PlatformConfiguration:
    """The configuration found at `url`. Raises RegistrationRefused."""
    stated = _object(document)
    endpoints = {name: _address(stated, name, loopback=loopback) for name in ENDPOINTS}
    _check_algorithm(stated)
    platform = _lti(stated)
    return PlatformConfiguration(
        issuer=_issuer(stated, url=url, loopback=loopback, speaks_for=speaks_for),
        **endpoints,
        scopes=_texts(stated.get("scopes_supported")),
        claims=_texts(stated.get("claims_supported")),
        product_family=family_in(platform),
        messages=_message_types(platform.get("messages_supported")),
        variables=_texts(platform.get("variables")),
    )


def _object(document: object) -> Document:
    stated = mapping(document)
    if stated is None:
        raise RegistrationRefused(Obstacle.CONFIGURATION_UNREADABLE)
    return stated


def _issuer(stated: Document, *, url: str, loopback: bool, speaks_for: SpeaksFor) -> str:
    issuer = _present(stated, "issuer")
    if not is_issuer(issuer, loopback=loopback):
        raise RegistrationRefused(Obstacle.ENDPOINT_REFUSED, detail=_called("issuer"))
    if not speaks_for(host_of(url), str(issuer)):
        raise RegistrationRefused(Obstacle.HOSTS_DISAGREE)
    return str(issuer)


def _address(stated: Document, name: str, *, loopback: bool) -> str:
    address = _present(stated, name)
    if not is_endpoint(address, loopback=loopback):
        raise RegistrationRefused(Obstacle.ENDPOINT_REFUSED, detail=_called(name))
    return str(address)


def _present(stated: Document, name: str) -> object:
    value = stated.get(name)
    if value is None or value == "":
        detail = gettext("It lacks %(name)s.") % {"name": name}
        raise RegistrationRefused(Obstacle.CONFIGURATION_INCOMPLETE, detail=detail)
    return value


def _called(name: str) -> str:
    # Translators: an address in a description, by its name there.
    return gettext("It is called %(name)s.") % {"name": name}


def _lti(stated: Document) -> Document:
    platform = mapping(stated.get(LTI_PLATFORM))
    if platform is None:
        detail = gettext("It says nothing of LTI.")
        raise RegistrationRefused(Obstacle.CONFIGURATION_INCOMPLETE, detail=detail)
    return platform


def _check_algorithm(stated: Document) -> None:
    offered = _texts(stated.get("id_token_signing_alg_values_supported"))
    # Many leave it out, and the specification demands RS256 of all.
    if offered and "RS256" not in offered:
        raise RegistrationRefused(Obstacle.ALGORITHM_MISSING)


def _texts(value: object) -> frozenset[str]:
    return (
        frozenset(text for text in value if isinstance(text, str)) if isinstance(value, list) else frozenset()
    )


def _message_types(value: object) -> frozenset[str]:
    messages = value if isinstance(value, list) else []
    return _texts([message.get("type") for message in messages if isinstance(message, dict)])
