"""Addresses of the dashboards room."""

from django.urls import path

from lti_tool.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("mine/", views.mine, name="mine"),
    path("caseload/", views.caseload, name="caseload"),
    path("caseload/<uuid:file>/", views.student, name="student"),
    path("class/", views.class_page, name="class"),
    path("class/table.csv", views.class_csv, name="class_csv"),
    path("class/picture.svg", views.class_svg, name="class_svg"),
]
