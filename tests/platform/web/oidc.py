"""The OIDC authorisation endpoint: who asks, for whom, and where the answer goes. Knows nothing of claims."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.platform.launches import Launch
from tests.platform.platform import Platform
from tests.platform.tools import Tool
from tests.platform.web.html import platform_of, problem_page, templates

_FIXED = {
    "scope": ("openid", "invalid_scope"),
    "response_type": ("id_token", "unsupported_response_type"),
    "response_mode": ("form_post", "invalid_request"),
    "prompt": ("none", "invalid_request"),
}


class Unredirectable(Exception):
    """The asker or the address is unknown: nothing may be sent there, so a person is told instead."""


@dataclass(frozen=True)
class AuthorizationError(Exception):
    """An error that the tool is told about (OIDC Core 3.1.2.6)."""

    code: str
    why: str


async def authorize(request: Request) -> Response:
    """GET or POST /authorize."""
    platform = platform_of(request)
    asked = await _parameters(request)
    try:
        redirect_uri = _redirect_uri(asked, platform.tools)
    except Unredirectable as problem:
        return problem_page(request, "This launch cannot go on", str(problem))
    try:
        launch = find_launch(asked, platform)
        fields = platform.answer(launch, asked)
    except AuthorizationError as error:
        fields = {"error": error.code, "error_description": error.why, "state": asked.get("state", "")}
    return form_post(request, redirect_uri, fields)


def find_launch(asked: Mapping[str, str], platform: Platform) -> Launch:
    """Return the launch that this request continues, or raise AuthorizationError."""
    for name, (expected, code) in _FIXED.items():
        if asked.get(name) != expected:
            raise AuthorizationError(code, f"{name} must be {expected}")
    for name in ("nonce", "state", "login_hint"):
        if not asked.get(name):
            raise AuthorizationError("invalid_request", f"{name} is missing")
    launch = platform.launches.find(asked.get("lti_message_hint"))
    if launch is None:
        raise AuthorizationError("login_required", "lti_message_hint is of no launch begun here")
    if launch.person.sub != asked["login_hint"]:
        raise AuthorizationError("login_required", "login_hint is not the person of this launch")
    if launch.tool.client_id != asked["client_id"]:
        raise AuthorizationError("unauthorized_client", "this launch was begun for another tool")
    return launch


def form_post(request: Request, action: str, fields: Mapping[str, str]) -> Response:
    """A page that posts `fields` to `action` by itself, or by a button without JavaScript."""
    context, headers = {"action": action, "fields": fields}, {"Cache-Control": "no-store"}
    return templates.TemplateResponse(request, "form_post.html", context, headers=headers)


async def jwks(request: Request) -> Response:
    """GET /jwks."""
    return JSONResponse(request.app.state.platform.keys.jwks(), headers={"Cache-Control": "max-age=60"})


def _redirect_uri(asked: Mapping[str, str], tools: Mapping[str, Tool]) -> str:
    tool = tools.get(asked.get("client_id", ""))
    if tool is None:
        raise Unredirectable("No tool is installed here under this client_id.")
    if asked.get("redirect_uri") not in tool.redirect_uris:
        raise Unredirectable("This redirect_uri is not one of those that the tool was installed with.")
    return asked["redirect_uri"]


async def _parameters(request: Request) -> dict[str, str]:
    if request.method == "GET":
        return dict(request.query_params)
    async with request.form() as form:
        return {name: str(value) for name, value in form.items()}
