"""The reading pages. Each view reads, and hands over to its template."""

from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lti_tool.alerts.forms import details_of
from lti_tool.alerts.words import STEPS
from lti_tool.consent import selectors as consent
from lti_tool.consent.services import require_class_view
from lti_tool.core.clock import now
from lti_tool.dashboards import class_words, selectors, services
from lti_tool.dashboards.class_drawing import draw_class
from lti_tool.dashboards.class_table import ClassTable, as_csv
from lti_tool.dashboards.coverage import coverages, health
from lti_tool.dashboards.queue import Show, read_case_page, read_queue
from lti_tool.domain.access import Viewer
from lti_tool.domain.aggregation import is_too_small
from lti_tool.domain.consent import Purpose
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.lti.protocol.placement import Page

FIRST_PAGES = {
    Viewer.COUNSELOR: "dashboards:queue",
    Viewer.INSTRUCTOR: "dashboards:class",
    Viewer.AUTHOR: "lti:place",
    Viewer.OWNER: "privacy:own",
}
# Where a link leads that was placed for one page.
PLACED_PAGES = {
    (Viewer.STUDENT, Page.CHECK_IN): "wellbeing:check_in",
    (Viewer.STUDENT, Page.CAMERA): "capture:page",
    (Viewer.STUDENT, Page.CALM): "wellbeing:calm",
    (Viewer.INSTRUCTOR, Page.CALM): "wellbeing:calm",
}


@require_safe
@launched(*Viewer)
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
            "own_cases": page.cases,
            "asked_first_at": page.asked_first_at,
            "week": page.week,
            "activities": page.activities,
            "shows_check_ins": page.shows_check_ins,
            "time_zone": settings.LOCAL_ZONE.key,
            "emergencies": page.emergencies,
            "ask": page.protection_contact,
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
@launched(Viewer.COUNSELOR)
def emergency(request: LaunchedRequest, grant: UUID) -> HttpResponse:
    """One record that was opened to this counselor for some hours."""
    record, opened = services.read_in_emergency(launch=request.launch, grant_id=grant, at=now())
    return render(request, "dashboards/student.html", {"record": record, "emergency": opened})


@require_safe
@launched(Viewer.COUNSELOR)
def queue(request: LaunchedRequest) -> HttpResponse:
    """Cases of every course in this counselor's care: what needs a person first."""
    asked = request.GET.get("show", Show.WAITING)
    show = Show(asked) if asked in set(Show) else Show.WAITING
    found = read_queue(launch=request.launch, show=show, page=request.GET.get("page", "1"), at=now())
    return render(request, "dashboards/queue.html", {"queue": found, "parts": list(Show), "now": now()})


@require_safe
@launched(Viewer.COUNSELOR)
def case(request: LaunchedRequest, case: UUID) -> HttpResponse:
    """One case: what persists, what the student said, what was done, and what can be done next."""
    page = read_case_page(launch=request.launch, public_id=case, at=now())
    steps = [(step, STEPS[step], details_of(step)) for step in page.steps]
    shown = {"page": page, "row": page.row, "steps": steps, "now": now()}
    return render(request, "dashboards/case.html", shown)


def coverage(request: HttpRequest) -> HttpResponse:
    """For administrators: how counseling keeps up in each deployment, and whether the machine does."""
    at = now()
    shown = {"title": _("Coverage"), "coverages": coverages(at), "health": health(at), "now": at}
    return render(request, "dashboards/coverage.html", admin.site.each_context(request) | shown)


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
