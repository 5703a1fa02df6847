"""The pages a person sees: who are you, the course, placing links, tools. Knows nothing of tokens."""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from tests.platform import people
from tests.platform.malformed import MALFORMED, Earlier
from tests.platform.people import Person
from tests.platform.tools import origin_of
from tests.platform.web import scenery, tour
from tests.platform.web.html import platform_of, problem_page, templates
from tests.platform.web.oidc import form_post
from tests.platform.web.options import LaunchOptions, UnknownOption


async def healthz(request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def front(request: Request) -> Response:
    """GET /: choose who you are."""
    language = request.query_params.get("language", "en")
    context = {
        "people": people,
        "tour": tour,
        "tool_url": platform_of(request).tool_url,
        "language": language,
        "asked": "" if language == "en" else "?" + urlencode({"language": language}),
    }
    return templates.TemplateResponse(request, "front.html", context)


async def course(request: Request) -> Response:
    """GET /course/<who>/: the course, with the tool in a frame."""
    person, options = _asked(request)
    context = {
        "person": person,
        "course": people.COURSE,
        "instructor": people.INSTRUCTOR,
        "scenery": scenery,
        "links": list(platform_of(request).links.values()),
        "options": options,
        "launch_url": _launch_url(request, person),
        "window_url": _launch_url(request, person, window="yes"),
    }
    return templates.TemplateResponse(request, "course.html", context)


async def place(request: Request) -> Response:
    """GET /course/<who>/place/: pick something of the tool for the course."""
    person, options = _asked(request)
    if not person.teaches:
        return problem_page(request, "Only teachers place links", "Come back as instructor.", 403)
    context = {"person": person, "course": people.COURSE, "options": options}
    query = urlencode({"tool": options.tool.client_id, "message": "LtiDeepLinkingRequest"})
    context["launch_url"] = f"/launch/{person.sub}/?{query}"
    return templates.TemplateResponse(request, "place.html", context)


async def launch(request: Request) -> Response:
    """GET /launch/<who>/: third-party initiated login, by a form that posts itself or by a redirect."""
    person, options = _asked(request)
    begun = options.begin(platform_of(request), person)
    parameters = begun.login_parameters()
    if options.by_get:
        return RedirectResponse(f"{begun.tool.login_url}?{urlencode(parameters)}", 302)
    return form_post(request, begun.tool.login_url, parameters)


async def tools(request: Request) -> Response:
    """GET /tools/: what is installed. POST: open the tool's registration address with an invitation."""
    platform = platform_of(request)
    context: dict[str, Any] = {"person": people.ADMINISTRATOR, "tools": list(platform.tools.values())}
    if request.method == "POST":
        async with request.form() as form:
            address = str(form.get("address", ""))
        # The page's policy lets in the frames of installed tools only.
        if origin_of(address) not in platform.tool_origins:
            return problem_page(request, "No such tool", "Paste the address that the tool's people gave you.")
        context["registration_url"] = platform.open_registration(address)
        context["tool_origin"] = origin_of(address)
    return templates.TemplateResponse(request, "tools.html", context)


async def malformed(request: Request) -> Response:
    """GET /malformed/: every launch of the table that one visit can play."""
    playable = [
        entry for entry in MALFORMED.values() if entry.earlier is Earlier.NONE and not entry.without_cookies
    ]
    context = {"launches": playable, "all": len(MALFORMED)}
    return templates.TemplateResponse(request, "malformed.html", context)


async def unknown(request: Request, problem: Exception) -> Response:
    return problem_page(request, "This is not here", str(problem), 404)


def _asked(request: Request) -> tuple[Person, LaunchOptions]:
    person = people.find_person(request.path_params["who"])
    if person is None:
        raise UnknownOption("Nobody in this course goes by that name.")
    return person, LaunchOptions.read(request.query_params, platform_of(request))


def _launch_url(request: Request, person: Person, **more: str) -> str:
    query = urlencode({**request.query_params, **more})
    return f"/launch/{person.sub}/" + (f"?{query}" if query else "")
