"""People who look at the reading pages, each in a browser of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lti_tool.core import clock
from lti_tool.lti.browser import SESSION_KEY
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.lti.protocol.hashing import hash_of
from tests.factories import make_context, make_launch
from tests.factories.people import INSTRUCTOR, LEARNER

SECRET = "the browser's own"


@dataclass(frozen=True)
class Visitor:
    """One person in one course."""

    client: Client
    launch_id: str

    def url(self, name: str, **kwargs: object) -> str:
        return reverse(name, kwargs={"launch": self.launch_id, **kwargs})

    def get(self, name: str, **kwargs: object) -> HttpResponse:
        return cast(HttpResponse, self.client.get(self.url(name, **kwargs)))

    def text(self, name: str, **kwargs: object) -> str:
        """The page with its white space run together."""
        response = self.get(name, **kwargs)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())


Visit = Callable[..., Visitor]


@pytest.fixture
def at() -> datetime:
    """The views ask the clock: what these tests make lies around the real moment."""
    return clock.now()


@pytest.fixture
def course(db: None, at: datetime) -> Context:
    return make_context()


@pytest.fixture
def visit(course: Context, at: datetime) -> Visit:
    """`visit(person)` as a learner, `visit(person, roles=...)` as something else."""

    def enter(
        person: PlatformUser, *, roles: tuple[str, ...] = (LEARNER,), context: Context = course
    ) -> Visitor:
        client = Client()
        session = client.session
        session[SESSION_KEY] = SECRET
        session.save()
        client.cookies["attune_session"] = session.session_key or ""
        launch = make_launch(person, context, roles=roles, at=at, browser_hash=hash_of(SECRET))
        return Visitor(client, launch.public_id)

    return enter


TEACHES = (INSTRUCTOR,)
