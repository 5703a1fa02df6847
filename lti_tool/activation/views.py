"""The wizard, its review and the printable record. Translates HTTP; the services decide."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lti_tool.activation import record, selectors, services
from lti_tool.activation.forms import StartForm, form_of
from lti_tool.activation.models import Activation
from lti_tool.activation.steps import REVIEW, STEPS, after, progress_of, step_named
from lti_tool.core.clock import now
from lti_tool.domain.jurisdictions import PLACES, PROFILES

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def needs(permission: str) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Let in only accounts with this right over activations."""

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not _has(request, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


@require_http_methods(["GET", "HEAD", "POST"])
@needs("add")
def start(request: HttpRequest) -> HttpResponse:
    """Choose the deployment; a draft that was begun before goes on."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = services.start_draft(deployment=form.cleaned_data["deployment"], by=_by(request), at=now())
        return redirect(_step_url(), draft.pk, STEPS[0].slug)
    return _page(request, "start", title=_("Activate a deployment"), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("change")
def step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One step: what it asks, what is missing in it and why. A draft can be left at any step."""
    draft, here = _draft(pk), step_named(slug)
    if slug == REVIEW:
        return _review(request, draft)
    if here is None:
        raise Http404
    form = form_of(here, draft, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_draft(draft=draft, fields=here.fields_in(draft.profile))
        messages.success(request, _("Saved."))
        return redirect(_step_url(), draft.pk, after(here) if "next" in request.POST else slug)
    shown = _draft(pk)  # as it is kept, whatever was typed into a form that is refused
    return _page(
        request,
        "step",
        title=f"{here.title} · {draft.deployment}",
        draft=shown,
        step=here,
        form=form,
        steps=progress_of(shown, current=slug, at=now()),
        places=PLACES,
        profile=_place_of(shown),
        profiles=[record.Place.of(record.described(profile)) for profile in PROFILES],
    )


def _review(request: HttpRequest, draft: Activation) -> HttpResponse:
    steps = progress_of(draft, current=REVIEW, at=now())
    return _page(
        request,
        "review",
        title=_("Review · %(deployment)s") % {"deployment": draft.deployment},
        draft=draft,
        profile=_place_of(draft),
        steps=steps,
        complete=not any(one.lacks for one in steps),
        may_approve=_has(request, "approve"),
        sections=record.sections_of(draft),
        reviewing=True,
    )


@require_safe
@needs("view")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One version as a record, to read and to print."""
    activation = _activation(pk)
    return _page(
        request,
        "record",
        title=_("Record of activation · %(deployment)s") % {"deployment": activation.deployment},
        activation=activation,
        standing=activation.standing_at(now()),
        sections=record.sections_of(activation),
        profile=record.Place.of(activation.profile_read or record.described(activation.profile)),
        as_signed=record.is_as_signed(activation),
        versions=selectors.versions_of(activation.deployment_id),
        may_renew=_has(request, "add"),
        may_revoke=_has(request, "approve") and activation.is_in_force,
    )


@require_POST
@needs("approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in force."""
    signed = services.approve(draft=_draft(pk), by=_by(request), at=now())
    messages.success(request, _("Version %(version)d is in force.") % {"version": signed.version})
    return redirect("admin:activation_activation_record", signed.pk)


@require_POST
@needs("approve")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock a deployment at once."""
    reason = request.POST.get("reason", "")
    services.revoke(activation=_activation(pk), reason=reason, by=_by(request), at=now())
    messages.success(request, _("Revoked. Nothing is measured there from now on."))
    return redirect("admin:activation_activation_record", pk)


@require_POST
@needs("add")
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version where the last one stands."""
    draft = services.start_draft(deployment=_activation(pk).deployment, by=_by(request), at=now())
    return redirect(_step_url(), draft.pk, STEPS[0].slug)


@require_POST
@needs("change")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    services.discard_draft(draft=_draft(pk), by=_by(request), at=now())
    messages.success(request, _("The draft is gone. What is in force stays in force."))
    return redirect("admin:activation_activation_changelist")


def _page(request: HttpRequest, name: str, **shown: Any) -> HttpResponse:  # noqa: ANN401 - for a template
    context = {**admin.site.each_context(request), "opts": Activation._meta, **shown}
    return render(request, f"activation/{name}.html", context)


def _place_of(draft: Activation) -> record.Place | None:
    return record.Place.of(record.described(draft.profile))


def _activation(pk: int) -> Activation:
    return get_object_or_404(Activation.objects.select_related("deployment__registration"), pk=pk)


def _draft(pk: int) -> Activation:
    drafts = Activation.objects.drafts().select_related("deployment__registration")
    return get_object_or_404(drafts, pk=pk)


def _has(request: HttpRequest, permission: str) -> bool:
    return request.user.has_perm(f"activation.{permission}_activation")


def _by(request: HttpRequest) -> str:
    return request.user.get_username()


def _step_url() -> str:
    return "admin:activation_activation_step"
