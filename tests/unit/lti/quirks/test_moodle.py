"""Moodle: by the specifications on the wire; its administrators are told what to do."""

from lti_tool.lti.protocol.registration_document import registration_document
from lti_tool.lti.quirks.families import quirks_of
from tests.unit.lti.registrations import PLATFORM, TOOL, document


def test_it_gets_the_registration_of_the_specification() -> None:
    assert document(product_family="moodle") == registration_document(TOOL, PLATFORM, names=False)


def test_its_administrator_is_told_that_the_tool_waits_there() -> None:
    assert any("pending" in step for step in quirks_of("moodle").after_registering)
