"""Addresses of the policy room."""

from django.urls import path

from lti_tool.policy import views

app_name = "policy"
urlpatterns = [path("policy/", views.page, name="page")]
