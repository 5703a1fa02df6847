"""Addresses of the capture room."""

from django.urls import path

from lti_tool.capture import views

app_name = "capture"
urlpatterns = [
    path("capture/", views.page, name="page"),
    path("capture/sessions/", views.start, name="start"),
    path("capture/sessions/<uuid:session>/stop/", views.stop, name="stop"),
    path("capture/sessions/<uuid:session>/snippets/", views.snippets, name="snippets"),
    path("capture/sessions/<uuid:session>/results/", views.results, name="results"),
]
