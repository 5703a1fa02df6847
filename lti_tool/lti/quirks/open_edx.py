"""Open edX: no dynamic registration, no name for its family, and every component may be a client of its own.

Read in openedx/xblock-lti-consumer: README (“LTI 1.3”: the values are shown in Studio, the deployment ID is
1), docs/reusable_configuration.rst (one client for many components),
docs/decisions/0004-lti-advantage-nrps.rst (course lists are switched on by two settings, and end at a
number of enrolments), issue 618 and pull request 645 of 2026 (before it, a launch named roles in the
institution only). Its launches carry no `product_family_code`.
"""

from typing import Final

from lti_tool.core.words import gettext_noop as _
from lti_tool.lti.quirks.family import Quirks

QUIRKS: Final = Quirks(
    name="Open edX",
    # It says none of its own: this is the word for who enters one by hand.
    codes=frozenset({"openedx"}),
    by_hand=(
        _(
            "Open edX has no registration links. In the course: Advanced Settings, add “lti_consumer” to the "
            "advanced modules. Then add an LTI Consumer component in Studio and choose LTI 1.3, with a "
            "keyset URL."
        ),
        _(
            "The launch URL is also the registered redirect URI. For the picker switch on deep linking, with "
            "the same address again."
        ),
        _(
            "Set “Enable LTI NRPS” to “True”, so that Attune knows how large the course is; whoever runs "
            "Open edX may have to allow it for all courses."
        ),
        _(
            "Each component has a client ID of its own. For more than one place in a course, let whoever "
            "runs Open edX make one reusable configuration."
        ),
        _("Give back what Studio shows, and the address of the LMS as the issuer. The deployment ID is 1."),
    ),
    worth_knowing=(
        _("It does not say what kind of platform it is: enter “openedx” as the product family."),
        _(
            "Its lti-consumer-xblock from before the summer of 2026 names roles in the institution only: "
            "nobody comes in, since Attune goes by the role in the course. Whoever runs Open edX has to "
            "update it."
        ),
        _(
            "It refuses the list of a course with more than 1,000 active enrolments unless configured "
            "otherwise. Then the size of the class stays unknown."
        ),
    ),
)
