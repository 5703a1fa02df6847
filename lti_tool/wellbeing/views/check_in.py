"""The check-in: asks how somebody is, and keeps what they say. Translates HTTP only."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lti_tool.activation.selectors import days_kept
from lti_tool.consent import selectors as consent
from lti_tool.core.clock import now
from lti_tool.core.pace import Pace, by_launch, paced
from lti_tool.domain.access import Viewer
from lti_tool.domain.checkins import HIGHEST, LOWEST
from lti_tool.domain.retention import Kind
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.records import services as records
from lti_tool.records.selectors import own_open_file
from lti_tool.wellbeing import selectors, services
from lti_tool.wellbeing.check_in_words import PHQ4_STEM, words_for
from lti_tool.wellbeing.forms import CheckInForm

CHECK_INS = Pace("check-ins", most=12, per_s=600)
SCALE = range(LOWEST, HIGHEST + 1)


@paced(CHECK_INS, by_launch)
@require_http_methods(["GET", "HEAD", "POST"])
@launched(Viewer.STUDENT)
def check_in(request: LaunchedRequest) -> HttpResponse:
    """Ask how somebody is, and keep what they say. Open to all, whatever they answered about the camera."""
    student, context = request.launch.user, request.launch.context
    with_record = selectors.shared_with_record(student, context)
    form = CheckInForm(request.POST if request.method == "POST" else None, with_record=with_record)
    if not form.is_valid():
        return _asked(request, form)
    kept = services.check_in(
        student=student, context=context, report=form.report, shared=form.shared, at=now()
    )
    return redirect(launch_url(request.launch, "wellbeing:checked_in", check_in=kept.public_id))


@require_safe
@launched(Viewer.STUDENT)
def checked_in(request: LaunchedRequest, check_in: UUID) -> HttpResponse:
    """Say thank you, where help is if it may be wanted, and where to go on."""
    launch = request.launch
    file = own_open_file(launch.user, launch.context)
    said = records.read_own_check_in(file=file, public_id=check_in, at=now())
    activation = consent.activation_of(launch.context)
    shown = {"said": said, "words": words_for(said.stress), "activation": activation}
    return render(request, "wellbeing/checked_in.html", shown)


@require_POST
@launched(Viewer.STUDENT, Viewer.OWNER)
def delete_check_in(request: LaunchedRequest, check_in: UUID) -> HttpResponse:
    """Take one back."""
    file = own_open_file(request.launch.user, request.launch.context)
    records.delete_check_in(file=file, public_id=check_in, at=now())
    return redirect(launch_url(request.launch, "dashboards:mine"))


def _asked(request: LaunchedRequest, form: CheckInForm) -> HttpResponse:
    shown = {
        "form": form,
        "scale": SCALE,
        "words": [str(words_for(number)) for number in SCALE],
        "phq4_stem": PHQ4_STEM,
        "days": days_kept(request.launch.context.deployment_id, Kind.STRESS_RECORD, now()),
    }
    return render(request, "wellbeing/check_in.html", shown, status=400 if form.is_bound else 200)
