"""Addresses of the consent room."""

from django.urls import path

from lti_tool.consent import views

app_name = "consent"
urlpatterns = [
    path("consent/", views.page, name="page"),
    path("consent/counselors/", views.counselors, name="counselors"),
    path("consent/answers/", views.answers, name="answers"),
    path("consent/answers/<int:answer>/receipt.json", views.receipt, name="receipt"),
    path("consent/texts/<slug:version>/", views.text, name="text"),  # printed before there were languages
    path("consent/texts/<slug:version>/<slug:language>/", views.text, name="text"),
]
