"""Addresses of the records room."""

from django.urls import path

from lti_tool.records import views

app_name = "records"
urlpatterns = [
    path("export/", views.export, name="export"),
    path("export/tool/", views.archive_tool, name="archive_tool"),
    path("export/<uuid:file>/", views.export, name="export_one"),
]
