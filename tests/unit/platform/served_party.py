"""The tool in miniature over HTTP. Decides nothing itself."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.platform.server import listen
from tests.unit.platform.relying_party import DL, Refusal, RelyingParty


async def login(request: Request) -> Response:
    party: RelyingParty = request.app.state.party
    asked = dict(request.query_params) if request.method == "GET" else await fields_of(request)
    try:
        location = party.log_in(asked)
    except Refusal as refusal:
        return HTMLResponse(str(refusal), 403)
    response = RedirectResponse(location, 302)
    name = f"state-{[*party.logins][-1]}"
    response.set_cookie(name, "yes", httponly=True)
    # The same for a browser that shows us in a frame of another site, and so drops the first.
    response.headers.append("Set-Cookie", f"framed-{name}=yes; Path=/; Secure; SameSite=None; Partitioned")
    return response


async def launch(request: Request) -> Response:
    party: RelyingParty = request.app.state.party
    try:
        claims = party.check_launch(await fields_of(request), request.cookies)
    except Refusal as refusal:
        return HTMLResponse(str(refusal), 403)
    party.launched.append(claims)
    if DL + "deep_linking_settings" in claims:
        return HTMLResponse(_chooser(claims, party.deep_linking_response(claims)))
    return HTMLResponse(f"<!doctype html><title>In</title><p>Hello {claims['sub']}")


def _chooser(claims: dict[str, Any], token: str) -> str:
    where = claims[DL + "deep_linking_settings"]["deep_link_return_url"]
    return (
        f'<!doctype html><title>Choose</title><form method="post" action="{where}">'
        f'<input type="hidden" name="JWT" value="{token}"><button>Place a breathing pause</button></form>'
    )


async def jwks(request: Request) -> Response:
    party: RelyingParty = request.app.state.party
    return JSONResponse({"keys": [party.key.export_public(as_dict=True)]})


async def fields_of(request: Request) -> dict[str, str]:
    async with request.form() as form:
        return {name: str(value) for name, value in form.items()}


ROUTES = [
    Route("/lti/login/", login, methods=["GET", "POST"]),
    Route("/lti/launch/", launch, methods=["POST"]),
    Route("/lti/jwks/", jwks),
]


@contextmanager
def run_relying_party() -> Iterator[RelyingParty]:
    """Serve it on `localhost`, another site than the platform's 127.0.0.1."""
    with listen() as taken:
        party = RelyingParty(f"http://localhost:{taken.getsockname()[1]}")
        app = Starlette(routes=ROUTES)
        app.state.party = party
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([taken],), daemon=True)
        thread.start()
        try:
            yield party
        finally:
            server.should_exit = True
            thread.join(10)
