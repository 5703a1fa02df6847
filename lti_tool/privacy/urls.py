"""Addresses of the privacy room."""

from django.urls import path, re_path

from lti_tool.domain.consent import Purpose
from lti_tool.privacy import views

app_name = "privacy"
urlpatterns = [
    path("own/", views.own, name="own"),
    path("own/<int:course>/", views.open_record, name="open"),
    path("held/", views.held, name="held"),
    path("held/record.json", views.download_json, name="download_json"),
    path("held/record.fhir.json", views.download_fhir, name="download_fhir"),
    path("sessions/<uuid:session>/", views.session, name="session"),
    re_path(rf"^take-back/(?P<purpose>{'|'.join(Purpose)})/$", views.take_back, name="take_back"),
    path("take-back/check-ins/", views.hide_check_ins, name="hide_check_ins"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("receipt/<uuid:receipt>/", views.receipt, name="receipt"),
]
