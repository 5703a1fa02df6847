"""Ask platforms to tell us of copied courses, and take it in when they do."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.core.errors import AttuneError
from lti_tool.lti.advantage.notice_handlers import ask_for_notices
from lti_tool.lti.models import Context, Deployment, DeploymentState, Registration
from lti_tool.lti.protocol.notices import CONTEXT_COPY, CopyNotice, verify_notice
from lti_tool.lti.protocol.parties import Parties
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.services.clients import client_of
from lti_tool.lti.services.platform_keys import key_finder

log = logging.getLogger(__name__)


def deployments_to_ask() -> list[int]:
    """Where notices are offered and were not asked for yet, by primary key."""
    unasked = Deployment.objects.filter(
        state=DeploymentState.APPROVED,
        registration__active=True,
        registration__believed=True,
        notices_asked_at=None,
    )
    return list(unasked.exclude(notices_url="").values_list("pk", flat=True))


def ask_to_be_told(*, deployment_id: int, at: datetime) -> bool:
    """Ask one platform to tell us of copied courses. Returns whether it agreed."""
    deployment = Deployment.objects.select_related("registration").get(pk=deployment_id)
    registration = deployment.registration
    handler = settings.PUBLIC_URL + reverse("lti:notices", args=[registration.pk])
    try:
        ask_for_notices(
            client_of(registration, at=at), deployment.notices_url, kind=CONTEXT_COPY, handler=handler, at=at
        )
    except AttuneError as error:
        # Without notices nothing is wrong, only less is known: the clock asks again.
        log.info("deployment %s takes no notice handlers: %s", deployment.pk, error.shown_code)
        return False
    Deployment.objects.filter(pk=deployment.pk).update(notices_asked_at=at)
    _audit(Action.NOTICES_ASKED_FOR, f"deployment:{deployment.pk}", at)
    return True


def take_notice(*, registration: Registration, token: str, at: datetime) -> Context:
    """Remember that a course is a copy. Raises LaunchRefused, PlatformSilent.

    Consents and files belong to a course by its id, so a copy begins with none of either; a course that was
    there before and is only filled keeps its own. What must not be inherited is a date from last term.
    """
    parties = Parties(registration.issuer, registration.client_id)
    find_key = key_finder(registration.jwks_url)
    notice = verify_notice(token, expected=parties, find_key=find_key, at=at)
    deployment = registration.deployments.filter(deployment_id=notice.deployment_id).first()
    if deployment is None:
        raise LaunchRefused(Reason.DEPLOYMENT_UNKNOWN)
    if deployment.state != DeploymentState.APPROVED:
        raise LaunchRefused(Reason.DEPLOYMENT_NOT_APPROVED)
    return _remember_copy(deployment, notice, at)


@transaction.atomic
def _remember_copy(deployment: Deployment, notice: CopyNotice, at: datetime) -> Context:
    context, _ = Context.objects.get_or_create(
        deployment=deployment, context_id=notice.context.id, defaults={"title": notice.context.title}
    )
    context.copied_at = at
    context.save(update_fields=["copied_at"])
    _audit(Action.COURSE_COPIED, f"course:{context.pk}", at)
    return context


def _audit(action: Action, subject: str, at: datetime) -> None:
    audit.record(actor=audit.SYSTEM, action=action, subject=subject, at=at)
