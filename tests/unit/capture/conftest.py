"""A student with a launch, seen through Django's own test client."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from lti_tool.core import clock
from lti_tool.lti.browser import SESSION_KEY
from lti_tool.lti.models import Context, Launch, PlatformUser
from lti_tool.lti.protocol.hashing import hash_of
from tests.factories import make_context, make_launch, make_student
from tests.factories.people import LEARNER

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

SECRET = "the browser's own"


@dataclass
class Visitor:
    """One person in one course with one browser."""

    client: Client
    student: PlatformUser
    context: Context
    launch: Launch

    def url(self, name: str, **kwargs: object) -> str:
        return reverse(f"capture:{name}", kwargs={"launch": self.launch.public_id, **kwargs})

    def post(self, name: str, data: dict[str, object] | None = None, **kwargs: object) -> "Answer":
        return self.client.post(self.url(name, **kwargs), data or {}, headers={"accept": "application/json"})

    def get(self, name: str, query: str = "", **kwargs: object) -> "Answer":
        return self.client.get(self.url(name, **kwargs) + query, headers={"accept": "application/json"})


def visit(
    context: Context, student: PlatformUser | None = None, roles: tuple[str, ...] = (LEARNER,)
) -> Visitor:
    """A browser that holds a launch of the course."""
    client, student = Client(), student or make_student(context)
    session = client.session
    session[SESSION_KEY] = SECRET
    session.save()
    client.cookies["attune_session"] = session.session_key or ""
    made = make_launch(student, context, at=clock.now(), browser_hash=hash_of(SECRET), roles=roles)
    return Visitor(client, student, context, made)


@pytest.fixture
def course(db: None) -> Context:
    """An activated course."""
    return make_context()


@pytest.fixture
def visitor(course: Context) -> Visitor:
    """A student who was not asked yet."""
    return visit(course)
