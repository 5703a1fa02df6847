"""Canvas: placements, privacy levels, a cloud of schools with one issuer, developer keys."""

from dataclasses import replace

import pytest

from lti_tool.lti.protocol.registration_document import LTI_TOOL
from lti_tool.lti.protocol.scopes import NOTICES, ROSTER
from lti_tool.lti.quirks import canvas
from lti_tool.lti.quirks.registration import frame_origins, pasted_configuration
from lti_tool.lti.validators import validate_origins
from tests.unit.lti.registrations import PLATFORM, TOOL, document


@pytest.mark.parametrize("family", ["canvas", "Canvas"])
def test_canvas_gets_its_placements_and_no_name(family: str) -> None:
    configuration = document(product_family=family)[LTI_TOOL]
    navigation, picking = configuration["messages"]

    assert navigation["placements"] == ["course_navigation"]
    assert navigation[canvas.NAVIGATION_BY_DEFAULT] is False
    assert picking["placements"] == ["link_selection", "assignment_selection"]
    assert configuration[canvas.PRIVACY_LEVEL] == "anonymous"


def test_canvas_tells_names_where_somebody_chose_so_and_never_addresses() -> None:
    assert document(names=True, product_family="canvas")[LTI_TOOL][canvas.PRIVACY_LEVEL] == "name_only"


def test_each_school_of_a_cloud_may_frame_the_tool() -> None:
    cloud = replace(PLATFORM, issuer="https://canvas.instructure.com")

    assert frame_origins(cloud)[-1] == "https://*.instructure.com"
    assert frame_origins(PLATFORM) == ["https://school.example"]
    validate_origins(frame_origins(cloud))


def test_a_developer_key_asks_for_the_same_as_a_registration() -> None:
    key = pasted_configuration(TOOL)
    (extension,) = key["extensions"]
    placements = {place["placement"]: place["message_type"] for place in extension["settings"]["placements"]}

    assert key["scopes"] == [ROSTER, NOTICES]
    assert (extension["privacy_level"], extension["domain"]) == ("anonymous", "attune.example:8443")
    assert placements == {
        "course_navigation": "LtiResourceLinkRequest",
        "link_selection": "LtiDeepLinkingRequest",
        "assignment_selection": "LtiDeepLinkingRequest",
    }
