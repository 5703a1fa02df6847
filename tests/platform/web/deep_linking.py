"""Deep linking 2.0: check the tool's signed choice and place it. Knows nothing of how it was picked."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from tests.platform.claims import LTI, Message
from tests.platform.launches import Launch
from tests.platform.platform import Platform
from tests.platform.tool_proof import Unproven, claims_signed_by
from tests.platform.tools import ResourceLink, Tool, origin_of
from tests.platform.web.html import platform_of, problem_page, templates

DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"


async def receive(request: Request) -> Response:
    """POST /deep-linking/<hint>: the browser brings the tool's answer."""
    platform = platform_of(request)
    async with request.form() as form:
        token = str(form.get("JWT", ""))
    try:
        launch = _request_of(platform, request.path_params["hint"])
        links = await accept_response(platform, launch, token)
    except Unproven as problem:
        return problem_page(request, "Nothing was placed", str(problem))
    return templates.TemplateResponse(request, "placed.html", {"links": links, "launch": launch})


async def accept_response(platform: Platform, launch: Launch, token: str) -> list[ResourceLink]:
    """Verify an LtiDeepLinkingResponse and place its links, all or none. Raises Unproven."""
    claims = await claims_signed_by(launch.tool, token, audience=[platform.issuer], now=platform.now())
    _check_message(claims, launch)
    items = claims.get(DEEP_LINKING + "content_items", [])
    if not isinstance(items, list):
        raise Unproven("content_items is not a list")
    links = [_link(item, launch.tool) for item in items]
    platform.spend_nonce(claims.get("nonce"))
    return [platform.place(link) for link in links]


def _request_of(platform: Platform, hint: str) -> Launch:
    launch = platform.launches.find(hint)
    if launch is None or launch.message is not Message.DEEP_LINKING:
        raise Unproven("this answers no deep linking request of ours")
    return launch


def _check_message(claims: Mapping[str, Any], launch: Launch) -> None:
    expected = {
        LTI + "message_type": "LtiDeepLinkingResponse",
        LTI + "version": "1.3.0",
        LTI + "deployment_id": launch.tool.deployment_id,
        DEEP_LINKING + "data": launch.hint,
    }
    for name, value in expected.items():
        if claims.get(name) != value:
            raise Unproven(f"{name} is not as it should be")


def _link(item: object, tool: Tool) -> ResourceLink:
    if not isinstance(item, dict) or item.get("type") != "ltiResourceLink":
        raise Unproven("only items of type ltiResourceLink were asked for")
    url = str(item.get("url") or tool.target_link_uri)
    if origin_of(url) != tool.origin:
        raise Unproven("a link leads away from the tool")
    custom = item.get("custom") or {}
    return ResourceLink(
        id=f"link-{uuid4().hex[:12]}",
        title=str(item.get("title") or tool.name),
        text=str(item.get("text") or ""),
        url=url,
        custom={str(name): str(value) for name, value in dict(custom).items()},
    )
