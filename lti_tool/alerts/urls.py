"""Addresses of the alerts room: what is done. What is read lies in the dashboards."""

from django.urls import path

from lti_tool.alerts import views

app_name = "alerts"
urlpatterns = [
    path("queue/changes/", views.changes, name="changes"),
    path("queue/notices/", views.notices, name="notices"),
    path("queue/<uuid:case>/step/", views.step, name="step"),
    path("queue/<uuid:case>/note/", views.note, name="note"),
    path("mine/cases/<uuid:case>/say/", views.say, name="say"),
    path("mine/contact/", views.ask, name="ask"),
]
