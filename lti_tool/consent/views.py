"""The consent page: shown, answered, changed. Translates HTTP; the services decide."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lti_tool.activation.selectors import days_kept
from lti_tool.consent import selectors, services, texts
from lti_tool.consent.errors import TextMissing
from lti_tool.consent.forms import ChoicesForm
from lti_tool.consent.history import history_of
from lti_tool.consent.models import Answer
from lti_tool.consent.receipts import receipt_of
from lti_tool.consent.wording import FIRST_LANGUAGE, WORDS, choices_of
from lti_tool.core import clock
from lti_tool.core.errors import BadInput
from lti_tool.domain.access import Viewer
from lti_tool.domain.consent import Language
from lti_tool.domain.jurisdictions import Sharing
from lti_tool.domain.retention import Kind
from lti_tool.lti.access import LaunchedRequest, launch_url, launched


@require_http_methods(["GET", "HEAD", "POST"])
@launched(Viewer.STUDENT)
def page(request: LaunchedRequest) -> HttpResponse:
    """Ask, or show what was answered, so that it can be changed."""
    if request.method != "POST":
        return _shown(request, _remembered(request))
    if request.POST.get("answer") != Answer.YES:
        return _not_now(request)
    services.require_sensing(context=request.launch.context, at=clock.now())
    form = _form(request, request.POST)
    return _yes(request, form) if form.is_valid() else _shown(request, form)


@require_POST
@launched(Viewer.STUDENT)
def counselors(request: LaunchedRequest) -> HttpResponse:
    """Show the record to counselors: an act of its own, from the page of the record."""
    services.show_to_counselors(student=request.launch.user, context=request.launch.context, at=clock.now())
    return redirect(launch_url(request.launch, "dashboards:mine"))


@require_safe
@launched(Viewer.STUDENT, Viewer.OWNER)
def answers(request: LaunchedRequest) -> HttpResponse:
    """What the student answered so far in this course."""
    answers = history_of(student=request.launch.user, context=request.launch.context)
    may_choose = request.viewer is Viewer.STUDENT
    return render(request, "consent/answers.html", {"answers": answers, "may_choose": may_choose})


@require_safe
@launched(Viewer.STUDENT, Viewer.OWNER)
def receipt(request: LaunchedRequest, answer: int) -> HttpResponse:
    """One answer as a consent receipt to keep. Its name says nothing of whose it is."""
    launch = request.launch
    given = selectors.answer_of(student=launch.user, context=launch.context, primary_key=answer)
    response = JsonResponse(receipt_of(given), json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"attune-consent-{given.answered_at:%Y-%m-%d}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@launched(Viewer.STUDENT, Viewer.OWNER)
def text(request: LaunchedRequest, version: str, language: Language = FIRST_LANGUAGE) -> HttpResponse:
    """A text as it stood, in the language it was read in, also when another one is in force by now."""
    kept = texts.kept_text(version, language)
    if kept is None:
        raise TextMissing
    choices = choices_of(version, language).values()
    shown = {"text": kept, "full_text": texts.template_name(kept), "choices": choices}
    return render(request, "consent/text.html", shown)


def _yes(request: LaunchedRequest, form: ChoicesForm) -> HttpResponse:
    services.give_consent(
        student=request.launch.user,
        context=request.launch.context,
        purposes=form.chosen,
        adult_confirmed=form.adult_ticked,
        language=_language_shown(request),
        at=clock.now(),
    )
    return redirect(launch_url(request.launch, "capture:page"))


def _not_now(request: LaunchedRequest) -> HttpResponse:
    services.decline(
        student=request.launch.user,
        context=request.launch.context,
        language=_language_shown(request),
        at=clock.now(),
    )
    return redirect(launch_url(request.launch, "wellbeing:calm"))


def _language_shown(request: LaunchedRequest) -> Language:
    """That of the page the answer comes from. Another may have been chosen since, in another tab.

    A page of before there were languages says none, and was in English. One that no text is in was never
    shown: nothing would be proven by it. Raises BadInput.
    """
    shown = request.POST.get("language", FIRST_LANGUAGE)
    if shown not in WORDS:
        raise BadInput
    return shown


def _remembered(request: LaunchedRequest) -> ChoicesForm:
    """The choices that hold now; everything off before the first yes."""
    consent = selectors.current_consent(student=request.launch.user, context=request.launch.context)
    if consent is None or not consent.is_yes:
        return _form(request)
    return _form(request, initial={"purposes": consent.purposes, "adult": consent.adult_confirmed})


def _form(request: LaunchedRequest, *args: Any, **kwargs: Any) -> ChoicesForm:  # noqa: ANN401 - Django's own
    return ChoicesForm(*args, terms=selectors.terms_in(request.launch.context), **kwargs)


def _shown(request: LaunchedRequest, form: ChoicesForm) -> HttpResponse:
    launch, at = request.launch, clock.now()
    text = form.terms.text
    shown = {
        "form": form,
        "standing": selectors.standing_of(student=launch.user, context=launch.context),
        "locked": bool(selectors.missing_before_sensing(launch.context, at)),
        "record_days": days_kept(launch.context.deployment_id, Kind.STRESS_RECORD, at),
        "by_own_act": form.terms.sharing is Sharing.BY_OWN_ACT,
        "activation": selectors.activation_of(launch.context),
        "full_text": texts.template_name(text),
        "text": text,
        "emergencies": texts.tells_of_emergencies(text.version),
    }
    return render(request, "consent/page.html", shown)
