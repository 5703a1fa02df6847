"""Templates, and the headers that every page of the platform carries. Knows nothing of LTI."""

from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.platform.platform import Platform

HERE = Path(__file__).parent
templates = Jinja2Templates(directory=HERE / "templates")


def problem_page(request: Request, title: str, why: str, status: int = 400) -> Response:
    context = {"title": title, "why": why}
    return templates.TemplateResponse(request, "problem.html", context, status_code=status)


def platform_of(request: Request) -> Platform:
    platform: Platform = request.app.state.platform
    return platform


class PageHeaders:
    """Adds the content policy: own scripts and styles only; frames and forms also to installed tools."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                tool_origins = scope["app"].state.platform.tool_origins
                headers.setdefault("Content-Security-Policy", _policy(tool_origins))
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "no-referrer")
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _policy(tool_origins: list[str]) -> str:
    own_and_tools = " ".join(["'self'", *tool_origins])
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            f"frame-src {own_and_tools}",
            f"form-action {own_and_tools}",
            "frame-ancestors 'self'",
            "base-uri 'none'",
        )
    )
