"""The arguments by which commands name a platform or a deployment, and the look-up behind them."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from lti_tool.lti.models import Context, Deployment, Registration


def add_platform_arguments(parser: CommandParser) -> None:
    """Issuer, client id and deployment id."""
    parser.add_argument("--issuer", required=True, help="the platform's own address")
    parser.add_argument("--client-id", required=True, help="the platform's name for this tool")
    parser.add_argument("--deployment-id", required=True, help="the platform's name for the placement")


def registration_of(options: dict[str, Any]) -> Registration:
    """The platform that was named. Raises CommandError."""
    named = Registration.objects.filter(issuer=options["issuer"], client_id=options["client_id"])
    if found := named.first():
        return found
    raise CommandError("There is no platform of that issuer and client id: see register_platform.")


def deployment_of(options: dict[str, Any]) -> Deployment:
    """The deployment that was named. Raises CommandError."""
    named = registration_of(options).deployments.filter(deployment_id=options["deployment_id"])
    if found := named.first():
        return found
    raise CommandError("There is no deployment of that id: see approve_deployment.")


def course_of(deployment: Deployment, context_id: str | None) -> Context | None:
    """The course that was named, None for all of them. Raises CommandError."""
    if context_id is None:
        return None
    if course := deployment.contexts.filter(context_id=context_id).first():
        return course
    raise CommandError("Nobody has opened Attune from that course yet, so it is not on record.")
