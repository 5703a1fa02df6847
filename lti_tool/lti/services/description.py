"""This tool as platforms are told of it: its name and its addresses."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from lti_tool.lti.protocol.registration_document import Tool


def describe_tool() -> Tool:
    """Name and addresses of this installation, under the address that platforms know."""
    return Tool(
        name="Attune",
        description="A quiet place to look after yourself in this course. Taking part is up to each student.",
        login_url=_public(reverse("lti:login")),
        launch_url=_public(reverse("lti:launch")),
        jwks_url=_public(reverse("lti:jwks")),
        logo_url=_public(static("img/mark.svg")),
    )


def _public(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
