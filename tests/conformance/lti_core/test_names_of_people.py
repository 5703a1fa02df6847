"""Whose name is kept, and how long."""

from datetime import timedelta

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import Launch, PlatformUser, Registration
from tests.conformance.visitor import Visitor


def test_a_name_is_kept_of_nobody_who_did_not_agree(visitor: Visitor) -> None:
    for person in ("student", "instructor"):
        visitor.launch(person, overrides={"name": f"A {person}"})

    assert set(PlatformUser.objects.values_list("name", flat=True)) == {""}
    kept_with_the_launch = Launch.objects.order_by("pk").values_list("name", flat=True)
    assert list(kept_with_the_launch) == ["A student", ""]


def test_a_name_that_is_shared_is_kept_current(visitor: Visitor) -> None:
    visitor.launch("student")
    PlatformUser.objects.update(name_shared=True)

    for sent, kept in (("Amina O.", "Amina O."), (None, "")):
        visitor.launch("student", overrides={"name": sent})
        assert PlatformUser.objects.get().name == kept


def test_the_name_of_a_counselor_is_kept_while_the_grant_lasts(
    visitor: Visitor, registration: Registration
) -> None:
    grant = services.grant_counselor(
        registration=registration,
        sub="counselor",
        deployment=registration.deployments.get(),
        context=None,
        granted_by="Ruth",
        expires_at=now() + timedelta(days=1),
        at=now(),
    )
    visitor.launch("counselor", overrides={"name": "Daniel Mwangi"})
    assert PlatformUser.objects.get().name == "Daniel Mwangi"

    services.revoke_grant(grant=grant, by="Ruth", at=now())
    visitor.launch("counselor", overrides={"name": "Daniel Mwangi"})
    assert PlatformUser.objects.get().name == ""
