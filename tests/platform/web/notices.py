"""Where a tool asks to be told of something. Keeps no handlers itself."""

from json import JSONDecodeError

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.platform.claims import NOTICE_HANDLERS_SCOPE, NOTICE_KINDS
from tests.platform.web.html import platform_of


async def handlers(request: Request) -> Response:
    """GET and PUT /notice-handlers/<deployment>, for a bearer of the scope."""
    platform, deployment = platform_of(request), request.path_params["deployment"]
    if not platform.tokens.permits(
        request.headers.get("authorization"), NOTICE_HANDLERS_SCOPE, now=platform.now()
    ):
        return JSONResponse({"error": "invalid_token"}, 401, {"WWW-Authenticate": "Bearer"})
    if deployment not in {tool.deployment_id for tool in platform.tools.values()}:
        return JSONResponse({"error": "not_found"}, 404)
    if request.method == "GET":
        return JSONResponse({"deployment_id": deployment, "notice_handlers": platform.notices.of(deployment)})
    try:
        wish = await request.json()
        kind, handler = wish["notice_type"], wish["handler"]
    except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError):
        return JSONResponse({"error": "invalid_request"}, 400)
    # A handler is at home where the tool is.
    if kind not in NOTICE_KINDS or not str(handler).startswith(tuple(platform.tool_origins)):
        return JSONResponse({"error": "invalid_request"}, 400)
    platform.notices.put(deployment, kind, handler)
    return JSONResponse({"notice_type": kind, "handler": handler})
