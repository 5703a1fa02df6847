"""`manage.py activate_deployment`: sign off what must be on record before anything is sensed."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lti_tool.activation import services
from lti_tool.activation.errors import ActivationIncomplete
from lti_tool.core.clock import now
from lti_tool.domain.activation import ADULT, ExceptionKind
from lti_tool.lti.management.platform_arguments import add_platform_arguments, deployment_of

FACTS = {
    "jurisdiction": "where the law of this deployment applies",
    "legal_basis": "the legal basis of the processing",
    "purpose": "what it is done for",
    "assessment_reference": "where the data protection impact assessment is filed",
    "protection_contact": "who answers questions of data protection",
    "counselor_contact": "how students reach a counselor",
    "counselor_hours": "when a counselor is there",
    "signed_off_by": "who signed this off",
}
FACTS_OF_SOME_PLACES = {
    "device_identifier": "of the medical device or safety component",
    "counsel_name": "who confirmed the exception",
    "lower_age_reason": "why students under 18 may take part",
}


class Command(BaseCommand):
    """No fact has a default but the age of an adult: each is somebody's responsibility."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which deployment, and the facts."""
        add_platform_arguments(parser)
        for name, meaning in FACTS.items():
            parser.add_argument(_flag(name), required=True, help=meaning)
        for name, meaning in FACTS_OF_SOME_PLACES.items():
            parser.add_argument(_flag(name), default="", help=meaning)
        parser.add_argument(
            "--assessment-date", type=date.fromisoformat, help="when it was approved, 2026-09-01"
        )
        parser.add_argument("--exception-kind", default="", choices=[kind.value for kind in ExceptionKind])
        parser.add_argument("--counsel-signed-on", type=date.fromisoformat, help="when counsel signed")
        parser.add_argument("--least-age", type=int, default=ADULT, help="of a student (%(default)s)")
        parser.add_argument("--record-days", type=int, required=True, help="how long measurements are kept")
        parser.add_argument("--session-days", type=int, required=True, help="how long camera times are kept")
        parser.add_argument("--days", type=int, required=True, help="until it must be looked at again")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Sign off, or say what is still missing and keep the draft."""
        at, by = now(), options["signed_off_by"]
        draft = services.start_draft(deployment=deployment_of(options), by=by, at=at)
        for name in (*services.CARRIED_OVER, "signed_off_by"):
            setattr(draft, name, options[name])
        draft.expires_at = at + timedelta(days=options["days"])
        services.save_draft(draft=draft)
        try:
            signed = services.approve(draft=draft, by=by, at=at)
        except ActivationIncomplete as incomplete:
            self.stdout.write(f"Kept as {draft}. Still locked: {', '.join(incomplete.lacks)}")
        else:
            self.stdout.write(f"In force: {signed}. Unlocked.")


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"
