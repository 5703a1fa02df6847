"""Sakai: it describes itself by less than it offers, and joins the roles of its course list."""

from typing import Any

import pytest

from lti_tool.lti.protocol.registration_document import LTI_TOOL
from lti_tool.lti.protocol.roster import Member, members_of
from lti_tool.lti.protocol.scopes import NOTICES, ROSTER
from lti_tool.lti.quirks.families import quirks_of
from tests.unit.lti.registrations import SCORE, document

AS_IT_SAYS: dict[str, Any] = {
    "product_family": "sakailms.org",
    "scopes": frozenset({"openid"}),
    "claims": frozenset({"iss", "aud"}),
}
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"


def test_it_goes_by_one_name_when_it_registers_and_by_another_in_launches() -> None:
    assert quirks_of("sakai") is quirks_of("sakailms.org")


def test_it_is_asked_for_the_course_list_that_it_does_not_mention() -> None:
    assert document(**AS_IT_SAYS)["scope"] == ROSTER


def test_what_it_does_mention_is_asked_for_once_and_grades_never() -> None:
    offered = frozenset({"openid", ROSTER, NOTICES, SCORE})

    assert document(**AS_IT_SAYS | {"scopes": offered})["scope"].split() == [ROSTER, NOTICES]


@pytest.mark.parametrize(("names", "claims"), [(False, ["iss", "sub"]), (True, ["iss", "sub", "name"])])
def test_it_is_asked_for_a_name_only_if_somebody_chose_so(names: bool, claims: list[str]) -> None:
    assert document(names=names, **AS_IT_SAYS)[LTI_TOOL]["claims"] == claims


def test_roles_that_it_joins_into_one_text_are_told_apart() -> None:
    listed = {"members": [{"user_id": "7", "roles": [f"Learner,{MEMBERSHIP}Learner"]}]}
    separator = quirks_of("sakai").role_separator

    (member,) = members_of(listed, role_separator=separator)

    assert member == Member("7", frozenset({"Learner", f"{MEMBERSHIP}Learner"}), active=True)
    assert member.learns


def test_elsewhere_a_role_is_taken_as_it_stands() -> None:
    listed = {"members": [{"user_id": "7", "roles": ["https://school.example/roles#night,watch"]}]}

    (member,) = members_of(listed)

    assert member.roles == {"https://school.example/roles#night,watch"}
