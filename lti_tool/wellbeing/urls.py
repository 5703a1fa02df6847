"""Addresses of the wellbeing room."""

from django.urls import path

from lti_tool.wellbeing import views

app_name = "wellbeing"
urlpatterns = [
    path("calm/", views.calm, name="calm"),
    path("calm/answer/", views.answer, name="answer"),
    path("calm/forget/", views.forget, name="forget"),
    path("calm/switch/", views.switch, name="switch"),
    path("calm/offer/", views.prompt, name="prompt"),
    path("calm/offer/reply/", views.prompt_reply, name="prompt_reply"),
]
