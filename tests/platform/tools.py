"""What the platform knows about an installed tool and the links placed in a course. Knows nothing of HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.platform.people import CLIENT_ID, DEPLOYMENT_ID


@dataclass(frozen=True, slots=True)
class Tool:
    client_id: str
    deployment_id: str
    name: str
    login_url: str
    jwks_url: str
    redirect_uris: tuple[str, ...]
    target_link_uri: str
    custom: Mapping[str, str] = field(default_factory=dict)
    names_shared: bool = False  # the administrator's choice; an address may ask otherwise

    @property
    def origin(self) -> str:
        return origin_of(self.target_link_uri)

    @property
    def launch_url(self) -> str:
        return self.redirect_uris[0]


@dataclass(frozen=True, slots=True)
class ResourceLink:
    id: str
    title: str
    text: str = ""
    url: str | None = None
    custom: Mapping[str, str] = field(default_factory=dict)


COURSE_LINK = ResourceLink(
    id="link-attune",
    title="Wellbeing in this course",
    text="A quiet place to look after yourself while you study. Taking part is up to you.",
)


def preinstalled(tool_url: str) -> Tool:
    """The tool as an administrator would have entered it by hand."""
    root = tool_url.rstrip("/")
    return Tool(
        client_id=CLIENT_ID,
        deployment_id=DEPLOYMENT_ID,
        name="Attune",
        login_url=f"{root}/lti/login/",
        jwks_url=f"{root}/lti/jwks/",
        redirect_uris=(f"{root}/lti/launch/",),
        target_link_uri=f"{root}/lti/launch/",
    )


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
