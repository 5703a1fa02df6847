"""Which platform family changes what about a registration; all others get it by the specification."""

from lti_tool.lti.protocol.platform_configuration import PlatformConfiguration, same_host
from lti_tool.lti.protocol.registration_document import Document, Tool
from lti_tool.lti.quirks import canvas
from lti_tool.lti.quirks.families import FAMILIES, quirks_of


def amended(document: Document, platform: PlatformConfiguration, *, names: bool) -> Document:
    """The registration as this platform's family wants it."""
    return quirks_of(platform.product_family).amended(document, names=names)


def speaks_for(host: str, issuer: str) -> bool:
    """Whether a host may describe an issuer: its own may, and a cloud's for the name its schools share."""
    return same_host(host, issuer) or any(family.speaks_for(host, issuer) for family in FAMILIES)


def frame_origins(platform: PlatformConfiguration) -> list[str]:
    """Whose pages may show the tool in a frame."""
    return [*platform.origins, *more_origins(platform.issuer)]


def more_origins(issuer: str) -> list[str]:
    """Pages of a cloud whose schools share an issuer: they do not live where the issuer's name says."""
    return [origin for family in FAMILIES for origin in family.more_origins(issuer)]


def pasted_configuration(tool: Tool) -> Document:
    """The one configuration that an administrator pastes or reads from an address instead of registering."""
    return canvas.developer_key(tool)
