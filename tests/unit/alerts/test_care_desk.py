"""Hours, budget and escalation in the administration; and the check that somebody can be told at all."""

from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from lti_tool.alerts.checks import counselors_can_be_told
from lti_tool.alerts.models import CareDesk
from lti_tool.alerts.selectors import desk_of
from lti_tool.audit.models import AuditEntry
from lti_tool.audit.pseudonyms import pseudonym_of
from lti_tool.lti.models import Context
from tests.unit.alerts import cases

ADD = "/admin/alerts/caredesk/add/"


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("ruth"))
    return client


def filled(context: Context, **values: str) -> dict[str, str]:
    told = {"hours": "mon-thu 08:00-16:00", "time_zone": "Europe/Madrid", "weekly_budget": "5"}
    return {"deployment": str(context.deployment_id), **told, **values}


def test_a_desk_is_set_up_and_changed_and_both_are_written_down(admin: Client, context: Context) -> None:
    assert admin.post(ADD, filled(context)).status_code == 302
    desk = CareDesk.objects.get()
    address = f"/admin/alerts/caredesk/{desk.pk}/"
    assert admin.post(f"{address}change/", filled(context, weekly_budget="0")).status_code == 302
    assert desk_of(context.deployment).weekly_budget == 0
    assert admin.get("/admin/alerts/caredesk/").status_code == 200
    entries = AuditEntry.objects.filter(purpose="care_desk").values_list("actor", "action", "subject")
    assert (
        list(entries)
        == [(pseudonym_of("ruth"), "deployment_changed", f"deployment:{context.deployment_id}")] * 2
    )


def test_nobody_deletes_one(admin: Client, context: Context) -> None:
    desk = cases.desk(context)
    assert admin.post(f"/admin/alerts/caredesk/{desk.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("from nine to five", '"from nine to five" is not understood. Write hours like "mon-fri'),
        ("mon-fri 9-17", "is not understood"),
        ("mon-fry 09:00-17:00", "is not understood"),
        ("mon-fri 17:00-09:00", "Hours must open before they close"),
        ("mon 24:00-25:00", '"mon 24:00-25:00" is not understood'),
        ("", "This field is required."),
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_how_to_write_them(
    admin: Client, context: Context, hours: str, said: str
) -> None:
    page = unescape(admin.post(ADD, filled(context, hours=hours)).content.decode())
    assert said in page
    assert not CareDesk.objects.exists()


@pytest.mark.parametrize(
    "zone", ["Madrid", "Europe", "../../etc/passwd", "/etc/localtime", "UTC\0", "", "CEST+1"]
)
def test_a_time_zone_that_there_is_not_is_refused_by_its_name(
    admin: Client, context: Context, zone: str
) -> None:
    page = admin.post(ADD, filled(context, time_zone=zone)).content.decode()
    told = ("There is no time zone", "This field is required.", "Null characters are not allowed.")
    assert any(words in page for words in told)
    assert not CareDesk.objects.exists()


def test_no_case_is_seen_in_the_administration(admin: Client) -> None:
    for table in ("case", "alert", "casenote", "word", "casestep", "notice", "counseloraddress", "lastlook"):
        assert admin.get(f"/admin/alerts/{table}/").status_code == 404


def test_where_nobody_said_so_it_is_weekdays_from_nine_to_five(context: Context) -> None:
    desk = desk_of(context.deployment)
    assert desk._state.adding
    assert (desk.hours, desk.time_zone, desk.weekly_budget) == ("mon-fri 09:00-17:00", "UTC", 10)


@pytest.mark.parametrize(
    ("public", "host", "found"),
    [
        ("https://attune.example.edu", "", ["alerts.W001"]),
        ("https://attune.example.edu", "mail.example.edu", []),
        ("http://localhost:8000", "", []),
    ],
)
def test_a_public_installation_without_a_mail_server_is_warned(
    settings: Settings, public: str, host: str, found: list[str]
) -> None:
    settings.PUBLIC_URL, settings.EMAIL_HOST = public, host
    assert [warning.id for warning in counselors_can_be_told()] == found
