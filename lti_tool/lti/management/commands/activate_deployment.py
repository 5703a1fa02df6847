"""`manage.py activate_deployment`: record what must be on record before a deployment may sense anything."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lti_tool.core.clock import now
from lti_tool.domain.activation import missing_for_sensing
from lti_tool.lti import services
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


class Command(BaseCommand):
    """Nothing here has a default: each fact is somebody's responsibility."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which deployment, and the facts."""
        add_platform_arguments(parser)
        for name, meaning in FACTS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", required=True, help=meaning)
        parser.add_argument("--days", type=int, required=True, help="until it must be looked at again")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Record, and say what is still missing."""
        at = now()
        activation = services.activate_deployment(
            deployment=deployment_of(options),
            **{name: options[name] for name in FACTS},
            expires_at=at + timedelta(days=options["days"]),
            at=at,
        )
        missing = ", ".join(missing_for_sensing(activation, at))
        self.stdout.write(
            f"Recorded {activation}. " + (f"Still locked: {missing}" if missing else "Unlocked.")
        )
