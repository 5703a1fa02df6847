"""Every room's addresses. Pages of a launch live under its public id, so that tabs stay apart."""

from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_safe

from lti_tool.core import views
from lti_tool.dashboards import views as dashboards

handler400 = views.bad_request
handler404 = views.not_found
handler500 = views.fault

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/coverage/", require_safe(admin.site.admin_view(dashboards.coverage)), name="coverage"),
    path("admin/", admin.site.urls),
    path("words/<slug:language>.js", views.words, name="words"),
    path("lti/", include("lti_tool.lti.urls")),
    path("demo/", include("lti_tool.demo.urls")),
    path("l/<slug:launch>/", include("lti_tool.dashboards.urls")),
    path("l/<slug:launch>/", include("lti_tool.consent.urls")),
    path("l/<slug:launch>/", include("lti_tool.alerts.urls")),
    path("l/<slug:launch>/", include("lti_tool.records.urls")),
    path("l/<slug:launch>/", include("lti_tool.capture.urls")),
    path("l/<slug:launch>/", include("lti_tool.wellbeing.urls")),
    path("l/<slug:launch>/", include("lti_tool.policy.urls")),
    path("l/<slug:launch>/", include("lti_tool.privacy.urls")),
]
