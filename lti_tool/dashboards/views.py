"""The reading pages. Each view reads, and hands over to its template."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from lti_tool.consent import selectors as consent
from lti_tool.consent.services import require_class_view
from lti_tool.core.clock import now
from lti_tool.dashboards import class_words, selectors, services
from lti_tool.dashboards.class_drawing import draw_class
from lti_tool.dashboards.class_table import ClassTable, as_csv
from lti_tool.domain.access import Viewer
from lti_tool.domain.aggregation import is_too_small
from lti_tool.domain.consent import Purpose
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.lti.protocol.placement import Page

FIRST_PAGES = {
    Viewer.COUNSELOR: "dashboards:caseload",
    Viewer.INSTRUCTOR: "dashboards:class",
    Viewer.AUTHOR: "lti:place",
    Viewer.OWNER: "privacy:own",
}
# Where a link leads that was placed for one page. A check-in begins where the student's own answer leads.
PLACED_PAGES = {
    (Viewer.STUDENT, Page.CAMERA): "capture:page",
    (Viewer.STUDENT, Page.CALM): "wellbeing:calm",
    (Viewer.INSTRUCTOR, Page.CALM): "wellbeing:calm",
}


@require_safe
@launched()
def home(request: LaunchedRequest) -> HttpResponse:
    """Send everybody to the page that is theirs: by the link they came by, or by who they are."""
    page = _placed_page(request) or FIRST_PAGES.get(request.viewer) or _first_page_of_student(request)
    return redirect(launch_url(request.launch, page))


def _placed_page(request: LaunchedRequest) -> str | None:
    link = request.launch.resource_link
    return PLACED_PAGES.get((request.viewer, Page(link.page))) if link and link.page else None


def _first_page_of_student(request: LaunchedRequest) -> str:
    """Where nothing may be measured, the same page for everybody, whatever they answered once."""
    student, context, at = request.launch.user, request.launch.context, now()
    if consent.missing_before_sensing(context, at):
        return "wellbeing:calm"
    if consent.must_ask(student=student, context=context, at=at):
        return "consent:page"
    camera_on = consent.permits(student=student, context=context, purpose=Purpose.CAMERA)
    return "capture:page" if camera_on else "wellbeing:calm"


@require_safe
@launched(Viewer.STUDENT, Viewer.OWNER)
def mine(request: LaunchedRequest) -> HttpResponse:
    """A student's own record, as the counselor sees it."""
    page = services.read_own(launch=request.launch, at=now())
    return render(
        request,
        "dashboards/mine.html",
        {
            "record": page.record,
            "exports": page.exports,
            "consent": page.consent,
            "with_counselor": page.allows(Purpose.COUNSELOR),
            "with_class": page.allows(Purpose.CLASS),
            "camera_on": page.allows(Purpose.CAMERA),
            "may_show": page.may_show,
            "may_choose": request.viewer is Viewer.STUDENT,
        },
    )


@require_safe
@launched(Viewer.COUNSELOR)
def caseload(request: LaunchedRequest) -> HttpResponse:
    """Students of the course who share their record with counseling."""
    page = request.GET.get("page", "1")
    caseload = services.read_caseload(launch=request.launch, page=page, at=now())
    return render(request, "dashboards/caseload.html", {"caseload": caseload})


@require_safe
@launched(Viewer.COUNSELOR)
def student(request: LaunchedRequest, file: UUID) -> HttpResponse:
    """One student's record."""
    record = services.read_student(launch=request.launch, file_id=file, at=now())
    return render(request, "dashboards/student.html", {"record": record})


@require_safe
@launched(Viewer.INSTRUCTOR)
def class_page(request: LaunchedRequest) -> HttpResponse:
    """The class by week and activity: bands only, nobody in it."""
    too_small = is_too_small(request.launch.context.class_size)
    return render(request, "dashboards/class.html", {"table": _class_table(request), "too_small": too_small})


@require_safe
@launched(Viewer.INSTRUCTOR)
def class_csv(request: LaunchedRequest) -> HttpResponse:
    """The cells of that page, to take along. Like the page, nobody's data: the audit has no line for it."""
    table = _class_table(request)
    # With a mark of its order of bytes: a spreadsheet would otherwise read titles in the wrong letters.
    return _attached(as_csv(table).encode("utf-8-sig"), table, "text/csv; charset=utf-8", "csv")


@require_safe
@launched(Viewer.INSTRUCTOR)
def class_svg(request: LaunchedRequest) -> HttpResponse:
    """The same as a picture that needs nothing else."""
    table = _class_table(request)
    context = {"table": table, "drawing": draw_class(table, class_words.notes())}
    body = render_to_string("dashboards/class.svg", context, request)
    return _attached(body.encode(), table, "image/svg+xml; charset=utf-8", "svg")


def _class_table(request: LaunchedRequest) -> ClassTable:
    require_class_view(context=request.launch.context, at=now())
    return selectors.class_table(request.launch.context)


def _attached(body: bytes, table: ClassTable, kind: str, ending: str) -> HttpResponse:
    newest = max((column.start for column in table.picture.columns), default=None)
    name = f"attune-class-{newest:%Y-%m-%d}.{ending}" if newest else f"attune-class.{ending}"
    response = HttpResponse(body, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
