"""A person's own data: see, take along, correct, take back. Translates HTTP; the services decide."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lti_tool.core import clock
from lti_tool.domain.access import Viewer
from lti_tool.domain.consent import Purpose
from lti_tool.domain.remarks import LONGEST, Remark
from lti_tool.lti import services as lti
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.lti.models import Context
from lti_tool.privacy import selectors, services
from lti_tool.privacy.export_fhir import bundle_of
from lti_tool.privacy.export_json import document_of
from lti_tool.privacy.holdings import holdings_in, holdings_outside
from lti_tool.privacy.sealed_receipts import details_of
from lti_tool.records import services as records
from lti_tool.records.selectors import open_file_of, own_open_file


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


@require_safe
@launched(Viewer.STUDENT, Viewer.OWNER)
def held(request: LaunchedRequest) -> HttpResponse:
    """Everything that is held of the person, here and in other courses: kinds, numbers, dates."""
    person = request.launch.user
    courses = holdings_in(person, selectors.every_course_of(person))
    return render(request, "privacy/held.html", {"courses": courses, "outside": holdings_outside(person)})


@require_safe
@launched(Viewer.STUDENT, Viewer.OWNER)
def download_json(request: LaunchedRequest) -> HttpResponse:
    """All of it, to keep."""
    dossier = services.collect(person=request.launch.user, form="json", at=clock.now())
    return _attachment(document_of(dossier), f"attune-record-{dossier.at:%Y-%m-%d}.json", "application/json")


@require_safe
@launched(Viewer.STUDENT, Viewer.OWNER)
def download_fhir(request: LaunchedRequest) -> HttpResponse:
    """What was measured and answered, for a health record."""
    dossier = services.collect(person=request.launch.user, form="fhir", at=clock.now())
    bundle = bundle_of(dossier, home=settings.PUBLIC_URL)
    return _attachment(bundle, f"attune-record-{dossier.at:%Y-%m-%d}.fhir.json", "application/fhir+json")


@require_http_methods(["GET", "HEAD", "POST"])
@launched(Viewer.STUDENT, Viewer.OWNER)
def session(request: LaunchedRequest, session: UUID) -> HttpResponse:
    """What the person says of one session: shown, changed, taken back."""
    file, remark, at = own_open_file(request.launch.user, request.launch.context), None, clock.now()
    if request.method == "POST":
        remark = _remark(request)
        if not remark.is_too_long:
            records.say_of_session(file=file, session_id=session, remark=remark, at=at)
            return redirect(launch_url(request.launch, "dashboards:mine"))
    history = records.read_own_session(file=file, session_id=session, at=at)
    said = history.remarks.get(session)
    shown = {"session": history.sessions[0], "said": said, "remark": remark or said, "longest": LONGEST}
    errors = [_too_long(remark)] if remark else []
    return render(request, "privacy/session.html", shown | {"errors": errors}, status=400 if errors else 200)


@require_POST
@launched(Viewer.STUDENT, Viewer.OWNER)
def take_back(request: LaunchedRequest, purpose: str) -> HttpResponse:
    """Take back one purpose, at once."""
    receipt = services.withdraw_purpose(
        student=request.launch.user,
        context=request.launch.context,
        purpose=Purpose(purpose),
        at=clock.now(),
    )
    return redirect(launch_url(request.launch, "privacy:receipt", receipt=receipt.public_id))


@require_POST
@launched(Viewer.STUDENT, Viewer.OWNER)
def hide_check_ins(request: LaunchedRequest) -> HttpResponse:
    """Let no counselor see a check-in that was shown by a tick of its own, from now on."""
    services.hide_check_ins(student=request.launch.user, context=request.launch.context, at=clock.now())
    return redirect(launch_url(request.launch, "dashboards:mine"))


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
    """What was taken back or destroyed, and when. Holds nothing of it."""
    found = selectors.receipt_of(request.launch.user, receipt)
    details = details_of(found)
    page = "privacy/receipt_of_purpose.html" if details and details.purpose else "privacy/receipt.html"
    shown = {"receipt": found, "details": details, "may_choose": request.viewer is Viewer.STUDENT}
    return render(request, page, shown)


def _record_in(request: LaunchedRequest, course: Context) -> HttpResponse:
    opened = lti.open_course(launch=request.launch, context=course, at=clock.now())
    return redirect(launch_url(opened, "dashboards:mine"))


def _remark(request: LaunchedRequest) -> Remark:
    if "delete" in request.POST:
        return Remark()
    return Remark.of(request.POST.get("text", ""), does_not_fit="does_not_fit" in request.POST)


def _too_long(remark: Remark) -> dict[str, str]:
    facts = {"has": len(remark.text), "room": LONGEST}
    return {
        "message": _("It has %(has)d characters, and there is room for %(room)d") % facts,
        "field": "text",
    }


def _attachment(document: dict[str, Any], name: str, kind: str) -> HttpResponse:
    """A file to be saved. Its name says nothing of whose it is."""
    response = JsonResponse(
        document, json_dumps_params={"ensure_ascii": False, "indent": 1}, content_type=kind
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
