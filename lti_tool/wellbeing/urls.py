"""Addresses of the wellbeing room."""

from django.urls import path

from lti_tool.wellbeing import views

app_name = "wellbeing"
urlpatterns = [path("calm/", views.calm, name="calm")]
