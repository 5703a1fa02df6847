"""The pages of withdrawing: what will happen, and what did. Translates HTTP; the services decide."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lti_tool.core import clock
from lti_tool.domain.access import Viewer
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.privacy import selectors, services
from lti_tool.records.selectors import open_file_of


@require_http_methods(["GET", "HEAD", "POST"])
@launched(Viewer.STUDENT)
def withdraw(request: LaunchedRequest) -> HttpResponse:
    """Say what will happen, with one button; do it when it is pressed."""
    student, context = request.launch.user, request.launch.context
    if request.method != "POST":
        return render(request, "privacy/withdraw.html", {"file": open_file_of(student, context)})
    receipt = services.withdraw(student=student, context=context, at=clock.now())
    return redirect(launch_url(request.launch, "privacy:receipt", receipt=receipt.public_id))


@require_safe
@launched(Viewer.STUDENT)
def receipt(request: LaunchedRequest, receipt: UUID) -> HttpResponse:
    """What was destroyed, and when. Holds nothing of it."""
    found = selectors.receipt_of(request.launch.user, receipt)
    return render(request, "privacy/receipt.html", {"receipt": found})
