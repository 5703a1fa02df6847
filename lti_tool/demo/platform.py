"""Put the demonstration's platform, its deployment and its counselor on record, as an administrator would."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import User

from lti_tool.activation import services as activation
from lti_tool.activation.selectors import activation_in_force
from lti_tool.core.errors import BadInput
from lti_tool.core.http import fetch_json
from lti_tool.domain.retention import Kind, longest_days
from lti_tool.lti import services as lti
from lti_tool.lti.models import Context, Deployment, Registration
from lti_tool.lti.selectors import active_grant

DEMONSTRATION: Final = "The demonstration"


@dataclass(frozen=True, slots=True)
class Installed:
    """The demonstration platform as the tool knows it."""

    registration: Registration
    deployment: Deployment
    context: Context


def install(platform_url: str, *, since: datetime, at: datetime) -> Installed:
    """Register, approve, activate, name the counselor. Again changes nothing. Raises PlatformSilent."""
    from tests.platform.people import CLIENT_ID, COUNSELOR, COURSE, DEPLOYMENT_ID

    registration = _register(_discover(platform_url), CLIENT_ID, at=since)
    deployment = lti.approve_deployment(registration=registration, deployment_id=DEPLOYMENT_ID, at=since)
    _activate(deployment, since=since, at=at)
    context, _ = Context.objects.get_or_create(
        deployment=deployment, context_id=COURSE.context_id, defaults={"title": COURSE.title}
    )
    _name_counselor(COUNSELOR.sub, context, since=since, at=at)
    _name_administrator()
    return Installed(registration, deployment, context)


def _discover(platform_url: str) -> dict[str, Any]:
    found = fetch_json(f"{platform_url}/.well-known/openid-configuration")
    if not isinstance(found, dict):
        raise BadInput("The platform's description is not a JSON object.")
    return found


def _register(described: dict[str, Any], client_id: str, *, at: datetime) -> Registration:
    return lti.register_platform(
        issuer=described["issuer"],
        client_id=client_id,
        auth_login_url=described["authorization_endpoint"],
        token_url=described["token_endpoint"],
        jwks_url=described["jwks_uri"],
        frame_origins=[described["issuer"]],
        product_family="attune-demo",
        at=at,
    )


def _activate(deployment: Deployment, *, since: datetime, at: datetime) -> None:
    standing = activation_in_force(deployment.pk)
    if standing is not None and standing.expires_at and standing.expires_at > at + timedelta(days=30):
        return
    draft = activation.start_draft(deployment=deployment, by=DEMONSTRATION, at=since)
    draft.jurisdiction = "demonstration"
    draft.legal_basis = "None needed: invented people, and whoever tries this on their own machine."
    draft.purpose = "To show the tool. Nothing here is about a real student."
    draft.assessment_reference = "None: a demonstration"
    draft.protection_contact = "privacy@brightwater.example"
    draft.counselor_contact = "counseling@brightwater.example"
    draft.counselor_hours = "Monday to Friday, 9 to 17"
    draft.record_days, draft.session_days = (
        longest_days(Kind.STRESS_RECORD),
        longest_days(Kind.CAPTURE_SESSION),
    )
    draft.signed_off_by = DEMONSTRATION
    draft.expires_at = at + timedelta(days=180)
    activation.save_draft(draft=draft)
    activation.approve(draft=draft, by=DEMONSTRATION, at=since)


def _name_administrator() -> None:
    """An account whose password the front page tells. Nobody but who tries the demonstration reaches it."""
    from tests.platform.web.tour import ADMIN_NAME, ADMIN_PASSWORD

    if not User.objects.filter(username=ADMIN_NAME).exists():
        User.objects.create_superuser(ADMIN_NAME, password=ADMIN_PASSWORD)


def _name_counselor(sub: str, context: Context, *, since: datetime, at: datetime) -> None:
    """From the beginning of the invented term: the counselor worked on cases in it."""
    registration = context.deployment.registration
    user = registration.users.filter(sub=sub).first()
    if user is None or active_grant(user, context, at) is None:
        lti.grant_counselor(
            registration=registration,
            sub=sub,
            deployment=context.deployment,
            context=context,
            granted_by=DEMONSTRATION,
            expires_at=at + timedelta(days=180),
            at=since,
        )
