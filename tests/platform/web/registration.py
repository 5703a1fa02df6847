"""The platform's own description, and the endpoint where a tool registers itself. Keeps no rules."""

from json import JSONDecodeError
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.platform import roster
from tests.platform.claims import NOTICE_HANDLERS_SCOPE, PRODUCT_FAMILY, Message
from tests.platform.platform import Platform
from tests.platform.registration_office import TOOL_CONFIGURATION, RegistrationRefused, read_tool
from tests.platform.tools import Tool
from tests.platform.web.html import platform_of

PLATFORM_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-platform-configuration"


async def openid_configuration(request: Request) -> Response:
    """GET /.well-known/openid-configuration."""
    platform = platform_of(request)
    return JSONResponse({**_description(platform), **platform.registrations.described})


async def register(request: Request) -> Response:
    """POST /register, with the registration token as bearer."""
    platform = platform_of(request)
    if platform.registrations.trouble:
        trouble = platform.registrations.trouble.pop(0)
        return Response(trouble.body, trouble.status, dict(trouble.headers))
    invitation = platform.registrations.invitation(request.headers.get("authorization"))
    if invitation is None:
        return JSONResponse({"error": "invalid_token"}, 401, {"WWW-Authenticate": "Bearer"})
    try:
        document = await request.json()
        tool = read_tool(document, invitation)
    except (RegistrationRefused, JSONDecodeError, UnicodeDecodeError) as problem:
        return JSONResponse({"error": "invalid_client_metadata", "error_description": str(problem)}, 400)
    platform.registrations.received.append(document)
    platform.install(tool)
    return JSONResponse(_receipt(document, tool))


def _receipt(document: dict[str, Any], tool: Tool) -> dict[str, Any]:
    asked = str(document.get("scope", "")).split()
    configuration = {**document[TOOL_CONFIGURATION], "deployment_id": tool.deployment_id}
    return {
        **document,
        "client_id": tool.client_id,
        "redirect_uris": list(tool.redirect_uris),
        # Whatever else is asked for is left out, and the tool can see it.
        "scope": " ".join(scope for scope in asked if scope in {roster.SCOPE, NOTICE_HANDLERS_SCOPE}),
        TOOL_CONFIGURATION: configuration,
    }


def _description(platform: Platform) -> dict[str, Any]:
    return {
        "issuer": platform.issuer,
        "authorization_endpoint": platform.authorization_url,
        "token_endpoint": platform.token_url,
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["RS256"],
        "jwks_uri": f"{platform.base_url}/jwks",
        "registration_endpoint": f"{platform.base_url}/register",
        "scopes_supported": ["openid", roster.SCOPE, NOTICE_HANDLERS_SCOPE],
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "claims_supported": ["iss", "aud", "sub", "name", "given_name", "family_name", "email"],
        PLATFORM_CONFIGURATION: {
            "product_family_code": PRODUCT_FAMILY,
            "version": "1.0",
            "messages_supported": [
                {"type": Message.RESOURCE_LINK.value},
                {"type": Message.DEEP_LINKING.value},
                {"type": Message.DATA_PRIVACY.value},
            ],
            "variables": [],
        },
    }
