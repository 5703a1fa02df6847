"""A long list comes in pages, and what needs a person first leads the whole of it."""

from datetime import datetime
from unittest import mock

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.dashboards import services
from lti_tool.lti.models import Context
from lti_tool.records import sealed
from lti_tool.records import services as records
from tests.factories import consenting, history, make_counselor
from tests.unit.dashboards.conftest import Visit, Visitor

USUAL, TENSE = [0.3, 0.31, 0.29], [0.7, 0.72, 0.71]
NAMES = ["Ada", "Bea", "Cyd", "Dan"]


@pytest.fixture
def counselor(visit: Visit, course: Context, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Of five students, two to a page; with Zoe, whose name is the last, tension persists."""
    monkeypatch.setattr(services, "CASES_SHOWN", 2)
    for name in NAMES:
        history(consenting(course, name=name, at=at), course, [USUAL] * 4, until=at)
    history(consenting(course, name="Zoe", at=at), course, [USUAL] * 9 + [TENSE] * 3, until=at)
    return visit(make_counselor(course, at=at))


def shown(counselor: Visitor, page: str) -> list[str]:
    address = counselor.url("dashboards:caseload") + page
    text = counselor.client.get(address).content.decode()
    assert "5 students of this course share their record" in " ".join(text.split())
    return sorted((name for name in [*NAMES, "Zoe"] if f">{name}</a>" in text), key=text.index)


def test_what_persists_leads_the_whole_list(counselor: Visitor) -> None:
    assert [shown(counselor, page) for page in ("", "?page=2", "?page=3")] == [
        ["Zoe", "Ada"],
        ["Bea", "Cyd"],
        ["Dan"],
    ]


def test_a_page_leads_to_its_neighbours(counselor: Visitor) -> None:
    address = counselor.url("dashboards:caseload")
    text = counselor.client.get(address + "?page=2").content.decode()
    assert f'href="{address}?page=1"' in text
    assert f'href="{address}?page=3"' in text
    assert "3 to 4 of 5" in text


@pytest.mark.parametrize(("page", "names"), [("?page=zwei", ["Zoe", "Ada"]), ("?page=9999", ["Dan"])])
def test_a_page_that_is_not_there_is_the_nearest_that_is(
    counselor: Visitor, page: str, names: list[str]
) -> None:
    assert shown(counselor, page) == names


def test_a_short_list_has_no_pages(counselor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "CASES_SHOWN", 5)
    assert "page=" not in counselor.text("dashboards:caseload")


def test_the_order_rests_on_every_file_so_every_file_is_written_down_as_read(counselor: Visitor) -> None:
    counselor.get("dashboards:caseload")
    reads = AuditEntry.objects.filter(action=Action.FILE_READ, purpose="caseload")
    assert reads.values("subject").distinct().count() == 5


def test_reading_pages_open_no_record(
    counselor: Visitor, visit: Visit, course: Context, at: datetime
) -> None:
    student = consenting(course, name="Eva", at=at)
    file = history(student, course, [USUAL] * 4, until=at)
    records.summarise_sessions(at=at)
    with mock.patch.object(sealed, "_observation", side_effect=AssertionError("a record was opened")):
        assert "Zoe" in counselor.text("dashboards:caseload")
        counselor.text("dashboards:student", file=file.public_id)
        assert "12, from 4 sessions" in visit(student).text("dashboards:mine")
