"""Which address leads to which part of the platform. Keeps no rules."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.platform.platform import Platform
from tests.platform.web import deep_linking, memberships, notices, oidc, pages, registration, token
from tests.platform.web.html import HERE, PageHeaders
from tests.platform.web.options import UnknownOption

ROUTES = [
    Route("/", pages.front),
    Route("/course/{who}/", pages.course),
    Route("/course/{who}/place/", pages.place),
    Route("/launch/{who}/", pages.launch),
    Route("/tools/", pages.tools, methods=["GET", "POST"]),
    Route("/malformed/", pages.malformed),
    Route("/healthz", pages.healthz),
    Route("/authorize", oidc.authorize, methods=["GET", "POST"]),
    Route("/jwks", oidc.jwks),
    Route("/token", token.token, methods=["POST"]),
    Route("/nrps/{context}/memberships", memberships.memberships),
    Route("/notice-handlers/{deployment}", notices.handlers, methods=["GET", "PUT"]),
    Route("/deep-linking/{hint}", deep_linking.receive, methods=["POST"]),
    Route("/.well-known/openid-configuration", registration.openid_configuration),
    Route("/register", registration.register, methods=["POST"]),
    Mount("/static", StaticFiles(directory=HERE / "static")),
]


def make_app(platform: Platform) -> Starlette:
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(PageHeaders)],
        exception_handlers={UnknownOption: pages.unknown},
    )
    app.state.platform = platform
    return app
