"""Addresses of the wellbeing room."""

from django.urls import path

from lti_tool.wellbeing import views

app_name = "wellbeing"
urlpatterns = [
    path("calm/", views.calm, name="calm"),
    path("check-in/", views.check_in, name="check_in"),
    path("check-in/<uuid:check_in>/", views.checked_in, name="checked_in"),
    path("check-in/<uuid:check_in>/delete/", views.delete_check_in, name="delete_check_in"),
    path("calm/answer/", views.answer, name="answer"),
    path("calm/forget/", views.forget, name="forget"),
    path("calm/switch/", views.switch, name="switch"),
    path("calm/offer/", views.prompt, name="prompt"),
    path("calm/offer/reply/", views.prompt_reply, name="prompt_reply"),
]
