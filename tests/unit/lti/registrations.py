"""What the tool would register with a platform, and such a platform as tests alter it."""

from dataclasses import replace
from typing import Any

from lti_tool.lti.protocol.platform_configuration import PlatformConfiguration
from lti_tool.lti.protocol.registration_document import Tool, registration_document
from lti_tool.lti.protocol.scopes import NOTICES, ROSTER
from lti_tool.lti.quirks.registration import amended

SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
LAUNCH = "https://attune.example:8443/lti/launch/"
TOOL = Tool(
    name="Attune",
    description="A quiet place.",
    login_url="https://attune.example:8443/lti/login/",
    launch_url=LAUNCH,
    jwks_url="https://attune.example:8443/lti/jwks/",
    logo_url="https://attune.example:8443/static/img/mark.svg",
)
PLATFORM = PlatformConfiguration(
    issuer="https://school.example",
    authorization_endpoint="https://school.example/auth",
    token_endpoint="https://school.example/token",
    jwks_uri="https://school.example/jwks",
    registration_endpoint="https://school.example/register",
    scopes=frozenset({"openid", ROSTER, NOTICES, SCORE}),
    claims=frozenset({"iss", "sub", "name", "email"}),
    product_family="moodle",
    messages=frozenset({"LtiResourceLinkRequest", "LtiDeepLinkingRequest"}),
    variables=frozenset(),
)


def document(*, names: bool = False, **platform: Any) -> dict[str, Any]:  # noqa: ANN401
    asked = replace(PLATFORM, **platform)
    return amended(registration_document(TOOL, asked, names=names), asked, names=names)
