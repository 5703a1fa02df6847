"""The roster's address: bearer tokens, pages, the Link header. Does not decide who is in the course."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.platform import roster
from tests.platform.people import COURSE
from tests.platform.roster import Page, Roster
from tests.platform.web.html import platform_of

MEDIA_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
DEFAULT_PAGE, LARGEST_PAGE = 10, 100


async def memberships(request: Request) -> Response:
    """GET /nrps/<context>/memberships, for a bearer of the roster scope."""
    platform = platform_of(request)
    if not platform.tokens.permits(request.headers.get("authorization"), roster.SCOPE, now=platform.now()):
        return JSONResponse({"error": "invalid_token"}, 401, {"WWW-Authenticate": "Bearer"})
    if request.path_params["context"] != COURSE.context_id:
        return JSONResponse({"error": "not_found"}, 404)
    if platform.roster.trouble:
        trouble = platform.roster.trouble.pop(0)
        return Response(trouble.body, trouble.status, trouble.headers)
    try:
        offset, limit = _window(request)
    except ValueError:
        return JSONResponse({"error": "invalid_request"}, 400)
    page = platform.roster.page(role=request.query_params.get("role"), offset=offset, limit=limit)
    return _answer(request, platform.roster, page)


def _answer(request: Request, members: Roster, page: Page) -> Response:
    body = {
        "id": str(request.url),
        "context": {"id": COURSE.context_id, "label": COURSE.label, "title": COURSE.title},
        "members": [members.describe(person) for person in page.members],
    }
    headers = {}
    if page.next_offset is not None:
        following = request.url.include_query_params(offset=page.next_offset)
        headers["Link"] = f'<{following}>; rel="next"'
    return JSONResponse(body, headers=headers, media_type=MEDIA_TYPE)


def _window(request: Request) -> tuple[int, int]:
    offset = int(request.query_params.get("offset", 0))
    limit = int(request.query_params.get("limit", DEFAULT_PAGE))
    if offset < 0 or limit < 1:
        raise ValueError("a page has a start and a length")
    return offset, min(limit, LARGEST_PAGE)
