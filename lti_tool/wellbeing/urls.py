"""Addresses of the wellbeing room."""

from django.urls import URLPattern

app_name = "wellbeing"
urlpatterns: list[URLPattern] = []
