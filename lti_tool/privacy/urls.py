"""Addresses of the privacy room."""

from django.urls import path

from lti_tool.privacy import views

app_name = "privacy"
urlpatterns = [
    path("own/", views.own, name="own"),
    path("own/<int:course>/", views.open_record, name="open"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("receipt/<uuid:receipt>/", views.receipt, name="receipt"),
]
