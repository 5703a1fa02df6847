"""Addresses of the capture room."""

from django.urls import URLPattern

app_name = "capture"
urlpatterns: list[URLPattern] = []
