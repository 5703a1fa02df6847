"""Addresses of the privacy room."""

from django.urls import URLPattern

app_name = "privacy"
urlpatterns: list[URLPattern] = []
