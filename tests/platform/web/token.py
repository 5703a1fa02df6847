"""The token endpoint: client_credentials proven by a signed assertion. Keeps no tokens itself."""

from collections.abc import Mapping
from typing import Any

import jwt
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.platform import roster
from tests.platform.claims import NOTICE_HANDLERS_SCOPE
from tests.platform.platform import Platform
from tests.platform.token_office import LIFETIME_S, TokenRefused
from tests.platform.tool_proof import Unproven, claims_signed_by
from tests.platform.tools import Tool
from tests.platform.web.html import platform_of

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
SCOPES = frozenset({roster.SCOPE, NOTICE_HANDLERS_SCOPE})


async def token(request: Request) -> Response:
    """POST /token."""
    platform = platform_of(request)
    async with request.form() as form:
        try:
            tool = await _authenticate(form, platform)
            scopes = _scopes(form)
        except TokenRefused as refusal:
            return _private({"error": refusal.code, "error_description": refusal.why}, refusal.status)
    value = platform.tokens.issue(client_id=tool.client_id, scopes=scopes, now=platform.now())
    return _private(
        {
            "access_token": value,
            "token_type": "Bearer",
            "expires_in": LIFETIME_S,
            "scope": " ".join(sorted(scopes)),
        }
    )


async def _authenticate(form: FormData, platform: Platform) -> Tool:
    if form.get("grant_type") != "client_credentials":
        raise TokenRefused("unsupported_grant_type", "only client_credentials is given here")
    if form.get("client_assertion_type") != ASSERTION_TYPE:
        raise TokenRefused("invalid_client", "the client must prove itself by a JWT assertion", 401)
    assertion = str(form.get("client_assertion", ""))
    tool = _claimed_tool(assertion, platform.tools)
    try:
        claims = await claims_signed_by(
            tool, assertion, audience=[platform.token_url, platform.issuer], now=platform.now()
        )
    except Unproven as problem:
        raise TokenRefused("invalid_client", str(problem), 401) from problem
    if claims.get("sub") != tool.client_id:
        raise TokenRefused("invalid_client", "sub must be the client itself", 401)
    platform.tokens.spend(tool.client_id, claims.get("jti"))
    return tool


def _claimed_tool(assertion: str, tools: Mapping[str, Tool]) -> Tool:
    """Who the assertion says it is: only to know whose keys to check it with."""
    try:
        claimed = str(jwt.decode(assertion, options={"verify_signature": False}).get("iss"))
    except jwt.PyJWTError as problem:
        raise TokenRefused("invalid_client", "the assertion is not a JWT", 401) from problem
    if claimed not in tools:
        raise TokenRefused("invalid_client", "no such client", 401)
    return tools[claimed]


def _scopes(form: FormData) -> frozenset[str]:
    asked = frozenset(str(form.get("scope", "")).split())
    if not asked or not asked <= SCOPES:
        raise TokenRefused("invalid_scope", f"this platform knows only {' '.join(sorted(SCOPES))}")
    return asked


def _private(body: Mapping[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(body, status, {"Cache-Control": "no-store", "Pragma": "no-cache"})
