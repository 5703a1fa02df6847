"""Views named after the protocol: they translate HTTP and nothing else."""

from lti_tool.lti.views.configuration import configuration, configuration_document
from lti_tool.lti.views.deep_linking import place
from lti_tool.lti.views.forms import form_refused
from lti_tool.lti.views.invitations import invitation, invitation_at_the_door
from lti_tool.lti.views.jwks import jwks
from lti_tool.lti.views.language import language
from lti_tool.lti.views.launch import launch
from lti_tool.lti.views.login import login
from lti_tool.lti.views.notices import notices
from lti_tool.lti.views.registration import register
from lti_tool.lti.views.tabs import enter, new_tab

__all__ = [
    "configuration",
    "configuration_document",
    "enter",
    "form_refused",
    "invitation",
    "invitation_at_the_door",
    "jwks",
    "language",
    "launch",
    "login",
    "new_tab",
    "notices",
    "place",
    "register",
]
