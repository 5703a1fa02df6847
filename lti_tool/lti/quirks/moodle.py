"""Moodle: keeps to the specifications on the wire; what is special is for its administrators.

Measured on 4.5, and read in its source: mod/lti/openid-registration.php leaves a tool that registered itself
pending; mod/lti/service/memberships/classes/local/service/memberships.php tells teachers by a capability
that non-editing teachers lack, and names only who is active in the course.
"""

from typing import Final

from lti_tool.core.words import gettext_noop as _
from lti_tool.lti.quirks.family import Quirks

QUIRKS: Final = Quirks(
    name="Moodle",
    codes=frozenset({"moodle"}),
    by_hand=(
        _("Site administration, Plugins, External tool, Manage tools: configure a tool manually."),
        _(
            "LTI version 1.3, public key type “Keyset URL”, “Supports deep linking” ticked, default launch "
            "container “Embed”. An embedded tool may use the camera only at the very address that is entered "
            "here."
        ),
        _(
            "Services: “Use this service” for names and roles, “Do not use” for grades. Privacy: never share "
            "name or e-mail address."
        ),
        _("View the configuration details: they hold the five things to give back, and the deployment ID."),
    ),
    after_registering=(_("Moodle keeps the tool pending: activate it under Manage tools."),),
    worth_knowing=(
        _(
            "Its course list calls non-editing teachers learners. They count in the size of a class; in a "
            "launch they are instructors, and that is what opens pages."
        ),
        _("People who are suspended in a course vanish from its list."),
    ),
)
