"""The calm corner's page, and what a student says there. Needs no consent; translates HTTP only."""

from typing import Any, Final, TypeVar

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from lti_tool.consent import selectors as consent
from lti_tool.core.clock import now
from lti_tool.core.pace import Pace, by_launch, paced
from lti_tool.domain.access import Viewer
from lti_tool.domain.consent import Purpose
from lti_tool.domain.exercises import Exercise, Helped
from lti_tool.domain.prompts import Moment, Reply
from lti_tool.lti.access import LaunchedRequest, launch_url, launched
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.wellbeing import services, words
from lti_tool.wellbeing.described import cards, described
from lti_tool.wellbeing.errors import AnswerUnknown
from lti_tool.wellbeing.selectors import is_timed

WRITES: Final = Pace("calm_writes", most=30, per_s=60)
Known = TypeVar("Known", Exercise, Helped, Moment, Reply)


@require_safe
@launched()
def calm(request: LaunchedRequest) -> HttpResponse:
    """Exercises that work for everybody; a student also finds what helped so far."""
    shown: dict[str, Any] = {"cards": cards(), "described": described(), "answers": words.ANSWERS.items()}
    if request.viewer is Viewer.STUDENT:
        shown |= _own(request.launch.user, request.launch.context)
    return render(request, "wellbeing/calm.html", shown | {"answered": "answered" in request.GET})


@paced(WRITES, by_launch)
@require_POST
@launched(Viewer.STUDENT)
def answer(request: LaunchedRequest) -> HttpResponse:
    """Keep what the student says of an exercise, for the student."""
    exercise, helped = _known(request, "exercise", Exercise), _known(request, "helped", Helped)
    services.say_whether_it_helped(**_whose(request), exercise=exercise, helped=helped, at=now())
    return redirect(f"{launch_url(request.launch, 'wellbeing:calm')}?answered")


@paced(WRITES, by_launch)
@require_POST
@launched(Viewer.STUDENT)
def forget(request: LaunchedRequest) -> HttpResponse:
    """Delete everything that was kept here."""
    services.destroy_diary(**_whose(request), at=now())
    return redirect(launch_url(request.launch, "wellbeing:calm"))


@paced(WRITES, by_launch)
@require_POST
@launched(Viewer.STUDENT)
def switch(request: LaunchedRequest) -> HttpResponse:
    """Keep answers or keep none; be offered breaks or not."""
    if "keep" in request.POST:
        services.keep_answers(**_whose(request), keep=request.POST["keep"] == "yes", at=now())
    if "offers" in request.POST:
        services.switch_offers(**_whose(request), off=request.POST["offers"] != "yes", at=now())
    return redirect(launch_url(request.launch, "wellbeing:calm"))


@paced(WRITES, by_launch)
@require_POST
@launched(Viewer.STUDENT)
def prompt(request: LaunchedRequest) -> JsonResponse:
    """Whether the page may offer a break now, at this moment of the activity."""
    moment, timed = _known(request, "moment", Moment), is_timed(request.launch)
    return JsonResponse(
        {"offer": services.offer_break(**_whose(request), moment=moment, timed=timed, at=now())}
    )


@paced(WRITES, by_launch)
@require_POST
@launched(Viewer.STUDENT)
def prompt_reply(request: LaunchedRequest) -> JsonResponse:
    """What the student did with the offer."""
    if request.POST.get("reply") == "off":
        services.switch_offers(**_whose(request), off=True, at=now())
    else:
        services.reply_to_offer(**_whose(request), reply=_known(request, "reply", Reply), at=now())
    return JsonResponse({})


def _own(student: PlatformUser, context: Context) -> dict[str, Any]:
    at = now()
    locked = bool(consent.missing_before_sensing(context, at))
    camera_on = consent.permits(student=student, context=context, purpose=Purpose.CAMERA)
    return {
        "diary": services.read_diary(student=student, context=context, purpose="calm_corner", at=at),
        "titles": words.TITLES,
        "locked": locked,
        "camera_off": not locked and not camera_on,
    }


def _whose(request: LaunchedRequest) -> dict[str, Any]:
    return {"student": request.launch.user, "context": request.launch.context}


def _known(request: LaunchedRequest, field: str, kind: type[Known]) -> Known:
    """The field as one of our own words. Raises AnswerUnknown."""
    try:
        return kind(request.POST.get(field, ""))
    except ValueError:
        raise AnswerUnknown from None
