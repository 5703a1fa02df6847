"""`manage.py register_platform`: put a platform on record, or correct its addresses."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.protocol.parties import origin_of
from lti_tool.lti.quirks.families import known_codes
from lti_tool.lti.quirks.registration import more_origins

FACTS = ("issuer", "client_id", "auth_login_url", "token_url", "jwks_url", "product_family")


class Command(BaseCommand):
    """Its deployments still need approval: see approve_deployment."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """The facts that a platform shows to its administrator."""
        parser.add_argument("--issuer", required=True, help="the platform's own address, as it signs it")
        parser.add_argument("--client-id", required=True, help="the platform's name for this tool")
        parser.add_argument("--auth-login-url", required=True, help="authentication request URL")
        parser.add_argument("--token-url", required=True, help="access token URL")
        parser.add_argument("--jwks-url", required=True, help="public key set URL")
        parser.add_argument(
            "--product-family",
            default="",
            help=f"what kind of platform it is, if known: {', '.join(known_codes())}",
        )
        parser.add_argument(
            "--frame-origin",
            action="append",
            dest="frame_origins",
            help="an origin that shows the tool in a frame; may be repeated (default: the issuer's)",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Register, and say what comes next."""
        facts = {name: options[name] for name in FACTS}
        issuer = options["issuer"]
        origins = options["frame_origins"] or [origin_of(issuer), *more_origins(issuer)]
        try:
            registration = services.register_platform(**facts, frame_origins=origins, at=now())
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"Registered {registration}. Next: manage.py approve_deployment")
