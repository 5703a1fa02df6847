"""Read a course list from its platform. Keeps how many learn there, and nobody of it."""

from datetime import datetime

from lti_tool.lti.advantage.memberships import fetch_roster
from lti_tool.lti.models import Context
from lti_tool.lti.protocol.roster import Roster
from lti_tool.lti.quirks.families import quirks_of
from lti_tool.lti.services.clients import client_of


def read_roster(*, context: Context, at: datetime) -> Roster | None:
    """Who is on the course list now; None where the platform does not offer it, or lists nobody.

    A list of nobody is a mistake: the course has at least the people who came from it. A person is neither
    made nor changed by a list, and a role in it confers nothing: the role of a launch counts.

    Raises PlatformSilent, PlatformBusy, ServiceRefused, ServiceUnreadable.
    """
    if not context.memberships_url:
        return None
    registration = context.deployment.registration
    separator = quirks_of(registration.product_family).role_separator
    client = client_of(registration, at=at)
    roster = fetch_roster(client, context.memberships_url, role_separator=separator, at=at)
    if not roster.present:
        return None
    Context.objects.filter(pk=context.pk).update(class_size=roster.class_size)
    return roster
