"""The administrator's pages: platforms, deployments, counselors. Launches, keys stay closed.

Whatever opens or closes a door goes through the services, which write it down; no form sets it by itself.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lti_tool.lti.admin import offers, people, platforms

__all__ = ["offers", "people", "platforms"]

admin.site.site_header = "Attune"
admin.site.site_title = "Attune"
admin.site.index_title = _("Who may open Attune, and what it may do there")
