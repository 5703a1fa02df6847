"""Addresses of the demonstration. Outside of one they lead nowhere."""

from django.urls import path

from lti_tool.demo import views

app_name = "demo"
urlpatterns = [path("sample-clip.mp4", views.sample_clip, name="sample-clip")]
