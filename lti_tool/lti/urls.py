"""Addresses of the protocol. A platform has the first three on record: they never change."""

from django.urls import path

from lti_tool.lti import views

app_name = "lti"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("launch/", views.launch, name="launch"),
    path("jwks/", views.jwks, name="jwks"),
    path("notices/<int:registration>/", views.notices, name="notices"),
    path("place/<slug:launch>/", views.place, name="place"),
    path("invitation/", views.invitation_at_the_door, name="invitation_at_the_door"),
    path("invitation/<slug:launch>/", views.invitation, name="invitation"),
    path("config/", views.configuration, name="configuration"),
    path("config.json", views.configuration_document, name="configuration_document"),
    path("register/<slug:token>/", views.register, name="register"),
    path("language/<slug:launch>/", views.language, name="language"),
    path("new-tab/<slug:launch>/", views.new_tab, name="new_tab"),
    path("enter/<slug:token>/", views.enter, name="enter"),
]
