"""What counselors do with a case, and what a student says to it. Translates HTTP; the services decide."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lti_tool.alerts import selectors, services
from lti_tool.alerts.errors import NotACounselorHere
from lti_tool.alerts.forms import AddressForm, StepForm, WordForm
from lti_tool.alerts.models import Case, CounselorAddress, WordKind
from lti_tool.consent import selectors as consent
from lti_tool.core.clock import now
from lti_tool.core.errors import BadInput
from lti_tool.core.pace import Pace, by_launch, paced
from lti_tool.domain.access import Viewer
from lti_tool.domain.cases import ClosingReason, Step
from lti_tool.lti.access import LaunchedRequest, launch_url, launched

ASKING = Pace("asking-for-contact", most=6, per_s=3600)


@require_POST
@launched(Viewer.COUNSELOR)
def step(request: LaunchedRequest, case: UUID) -> HttpResponse:
    """Take one step, and show the case again."""
    found, form = _case(request, case), StepForm(request.POST)
    if not form.is_valid():
        raise BadInput("; ".join(str(e) for errors in form.errors.values() for e in errors))
    _take(request, found, form)
    return _shown(request, found)


@require_POST
@launched(Viewer.COUNSELOR)
def note(request: LaunchedRequest, case: UUID) -> HttpResponse:
    """Keep a note, and show the case again."""
    found = _case(request, case)
    services.write_note(case=found, author=request.launch.user, text=request.POST.get("text", ""), at=now())
    return _shown(request, found)


@require_safe
@launched(Viewer.COUNSELOR)
def changes(request: LaunchedRequest) -> JsonResponse:
    """When anything in this counselor's queue changed last: what an open page asks again and again."""
    launch = request.launch
    cases = selectors.cases_in_care(launch.user, launch.context.deployment, now())
    newest = selectors.newest_change(cases)
    return JsonResponse({"changed_at": newest.isoformat() if newest else ""})


@require_http_methods(["GET", "HEAD", "POST"])
@launched(Viewer.COUNSELOR)
def notices(request: LaunchedRequest) -> HttpResponse:
    """Where this counselor wants to be told, in the language of the page. An empty address is none."""
    mine = CounselorAddress.objects.filter(counselor=request.launch.user).first()
    if request.method == "POST" and not request.POST.get("email", "").strip():
        CounselorAddress.objects.filter(counselor=request.launch.user).delete()
        return redirect(launch_url(request.launch, "dashboards:queue"))
    row = mine or CounselorAddress(counselor=request.launch.user)
    row.changed_at, row.language = now(), get_language() or ""
    form = AddressForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        form.save()
        return redirect(launch_url(request.launch, "dashboards:queue"))
    desk = selectors.desk_of(request.launch.context.deployment_id)
    shown = {"form": form, "address": mine, "desk": desk}
    return render(request, "alerts/notices.html", shown, status=400 if form.is_bound else 200)


@require_POST
@launched(Viewer.STUDENT)
def say(request: LaunchedRequest, case: UUID) -> HttpResponse:
    """What a student says to a case of their own."""
    form = WordForm(request.POST)
    if not form.is_valid():
        raise BadInput
    kind, text = WordKind(form.cleaned_data["kind"]), form.cleaned_data["text"]
    own = selectors.own_case(request.launch.user, request.launch.context, case)
    services.say_of_case(case=own, kind=kind, text=text, at=now())
    return redirect(launch_url(request.launch, "dashboards:mine") + "#counselors")


@paced(ASKING, by_launch)
@require_http_methods(["GET", "HEAD", "POST"])
@launched(Viewer.STUDENT)
def ask(request: LaunchedRequest) -> HttpResponse:
    """Ask to be contacted. Open to every student, whatever they answered about the camera."""
    launch, at = request.launch, now()
    if request.method == "POST":
        services.ask_for_contact(
            student=launch.user,
            context=launch.context,
            name=launch.name or launch.user.name,
            text=request.POST.get("text", ""),
            at=at,
        )
        return redirect(launch_url(launch, "dashboards:mine") + "#counselors")
    hours = selectors.desk_of(launch.context.deployment_id).staffed_hours()
    shown = {
        "activation": consent.activation_of(launch.context),
        "is_staffed": hours.is_staffed(at),
        "next_opening": hours.next_opening(at),
        "has_counselors": bool(selectors.colleagues_in(launch.context, at, but=[launch.user_id])),
    }
    return render(request, "alerts/ask.html", shown)


def _case(request: LaunchedRequest, public_id: UUID) -> Case:
    launch = request.launch
    return selectors.case_in_care(launch.user, launch.context.deployment, public_id, now())


def _take(request: LaunchedRequest, case: Case, form: StepForm) -> None:
    by, step, detail = request.launch.user, form.chosen, form.cleaned_data["detail"]
    match step:
        case Step.CLOSE:
            services.close(case=case, by=by, reason=ClosingReason(detail), at=now())
        case Step.REOPEN:
            services.reopen(case=case, by=by, at=now())
        case Step.HAND_OVER:
            colleagues = selectors.colleagues_in(case.context, now(), but=[by.pk, case.student_id])
            to = next((person for person in colleagues if person.pk == form.cleaned_data["to"]), None)
            if to is None:
                raise NotACounselorHere
            services.hand_over(case=case, by=by, to=to, at=now())
        case _:
            services.take_step(case=case, by=by, step=step, detail=detail, at=now())


def _shown(request: LaunchedRequest, case: Case) -> HttpResponse:
    return redirect(launch_url(request.launch, "dashboards:case", case=case.public_id))
