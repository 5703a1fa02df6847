"""A person's own data: what is held, withdrawing, the receipt. Translates HTTP; the services decide."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lti_tool.core import clock
from lti_tool.domain.access import Viewer
from lti_tool.lti import services as lti
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.lti.models import Context
from lti_tool.privacy import selectors, services
from lti_tool.records.selectors import open_file_of


@require_safe
@launched(Viewer.OWNER)
def own(request: LaunchedRequest) -> HttpResponse:
    """Where a data privacy launch begins: the person's courses, or the record itself if there is one only."""
    courses = selectors.courses_of(request.launch.user)
    if len(courses) == 1:
        return _record_in(request, courses[0])
    return render(request, "privacy/own.html", {"courses": courses})


@require_POST
@launched(Viewer.OWNER)
def open_record(request: LaunchedRequest, course: int) -> HttpResponse:
    """The person's own record in one of their courses."""
    return _record_in(request, selectors.course_of(request.launch.user, course))


@require_http_methods(["GET", "HEAD", "POST"])
@launched(Viewer.STUDENT, Viewer.OWNER)
def withdraw(request: LaunchedRequest) -> HttpResponse:
    """Say what will happen, with one button; do it when it is pressed."""
    student, context = request.launch.user, request.launch.context
    if request.method != "POST":
        return render(request, "privacy/withdraw.html", {"file": open_file_of(student, context)})
    receipt = services.withdraw(student=student, context=context, at=clock.now())
    return redirect(launch_url(request.launch, "privacy:receipt", receipt=receipt.public_id))


@require_safe
@launched(Viewer.STUDENT, Viewer.OWNER)
def receipt(request: LaunchedRequest, receipt: UUID) -> HttpResponse:
    """What was destroyed, and when. Holds nothing of it."""
    found = selectors.receipt_of(request.launch.user, receipt)
    return render(
        request, "privacy/receipt.html", {"receipt": found, "may_choose": request.viewer is Viewer.STUDENT}
    )


def _record_in(request: LaunchedRequest, course: Context) -> HttpResponse:
    opened = lti.open_course(launch=request.launch, context=course, at=clock.now())
    return redirect(launch_url(opened, "dashboards:mine"))
