"""A browser that has just launched the tool."""

from datetime import timedelta

from django.conf import settings
from django.test import Client

from lti_tool.core.clock import now
from lti_tool.lti.access import launch_url
from lti_tool.lti.browser import bind
from lti_tool.lti.models import Context, Launch, PlatformUser
from tests.factories.people import LEARNER, make_launch


class Browser(Client):
    """Bound to one launch; asks for its pages by name."""

    launch: Launch

    def address(self, name: str, **kwargs: object) -> str:
        return launch_url(self.launch, name, **kwargs)


def enter(user: PlatformUser, context: Context, *, roles: tuple[str, ...] = (LEARNER,)) -> Browser:
    """A browser whose session made a launch a minute ago."""
    browser = Browser()
    session = browser.session
    browser_hash = bind(session)
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    at = now() - timedelta(minutes=1)
    browser.launch = make_launch(user, context, roles=roles, at=at, browser_hash=browser_hash)
    return browser
