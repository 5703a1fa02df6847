"""The pass at the door: our own signature stands in for a record of who came."""

from datetime import timedelta

import pytest

from lti_tool.lti import services
from lti_tool.lti.errors import DoorClosed, DoorPassOver
from lti_tool.lti.models import Context, Deployment, DeploymentState
from lti_tool.lti.services.newcomers import DOOR_PASS_LASTS, Newcomer
from tests.factories import make_context
from tests.factories.times import NOW
from tests.platform.people import MENTOR_ROLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def context() -> Context:
    return make_context()


def _newcomer(context: Context) -> Newcomer:
    return Newcomer(context.deployment, context.context_id, "mentor", (MENTOR_ROLE,))


def test_the_pass_at_the_door_says_who_came_for_ten_minutes(context: Context) -> None:
    newcomer = _newcomer(context)
    door_pass = services.issue_door_pass(newcomer=newcomer, at=NOW)

    assert services.read_door_pass(door_pass=door_pass, at=NOW + DOOR_PASS_LASTS - timedelta(seconds=1)) == (
        newcomer
    )
    with pytest.raises(DoorPassOver):
        services.read_door_pass(door_pass=door_pass, at=NOW + DOOR_PASS_LASTS)


@pytest.mark.parametrize("changed", ["", "x", "a:b:c", "\ud800"])
def test_a_pass_that_we_did_not_sign_is_refused(changed: str) -> None:
    with pytest.raises(DoorPassOver):
        services.read_door_pass(door_pass=changed, at=NOW)


def test_a_pass_dies_with_the_deployments_door(context: Context) -> None:
    door_pass = services.issue_door_pass(newcomer=_newcomer(context), at=NOW)
    Deployment.objects.update(state=DeploymentState.SUSPENDED)

    with pytest.raises(DoorClosed):
        services.read_door_pass(door_pass=door_pass, at=NOW)
