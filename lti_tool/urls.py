"""Every room's addresses. Pages of a launch live under its public id, so that tabs do not disturb each other."""

from django.urls import include, path

urlpatterns = [
    path("lti/", include("lti_tool.lti.urls")),
    path("demo/", include("lti_tool.demo.urls")),
    path("l/<slug:launch>/", include("lti_tool.dashboards.urls")),
    path("l/<slug:launch>/", include("lti_tool.consent.urls")),
    path("l/<slug:launch>/", include("lti_tool.capture.urls")),
    path("l/<slug:launch>/", include("lti_tool.wellbeing.urls")),
    path("l/<slug:launch>/", include("lti_tool.privacy.urls")),
]
