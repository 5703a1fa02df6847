"""The export as JSON: whole, in the published form, and in nobody else's hands."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from lti_tool.alerts.models import CaseStep
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.core.carried import SESSION_HEADER
from lti_tool.lti.models import PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.privacy.export_json import document_of
from tests import factories as make
from tests.factories.people import INSTRUCTOR
from tests.factories.times import NOW
from tests.schema import faults
from tests.unit.privacy.conftest import HOSTILE

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads((ROOT / "docs" / "export.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def document(person: PlatformUser) -> dict[str, Any]:
    """As whoever downloaded it reads it."""
    written = json.dumps(document_of(privacy.collect(person=person, form="json", at=NOW)))
    document: dict[str, Any] = json.loads(written)
    return document


def course(document: dict[str, Any], title: str) -> dict[str, Any]:
    return next(course for course in document["courses"] if course["title"] == title)


def test_it_has_the_published_form(document: dict[str, Any]) -> None:
    assert faults(document, SCHEMA) == []


def test_what_the_person_said_of_themselves_is_in_it(document: dict[str, Any]) -> None:
    first, second = course(document, "Latin")["file"]["check_ins"]
    assert (first["stress"], second["stress"], second["phq4"]) == (7, 4, None)
    assert first["phq4"] == {
        "answers": {"nervous": 2, "worrying": 1, "interest": 3, "down": 1},
        "anxiety": 3,
        "depression": 4,
        "total": 7,
        "band": "moderate",
    }


def test_a_case_is_in_it_with_counselors_notes_and_without_their_pseudonyms(
    document: dict[str, Any], person: PlatformUser
) -> None:
    (case,) = course(document, "Latin")["cases"]
    assert (case["began_by"], case["state"]) == ("pattern", "acknowledged")
    assert [session["level"] for session in case["alerts"][0]["what_persisted"]["sessions"]] == ["high"] * 3
    assert [(word["kind"], word["text"]) for word in case["said"]] == [("contest", HOSTILE.strip())]
    assert case["notes"][0]["text"].startswith("spoke with them. ")
    assert [step["step"] for step in case["steps"]] == ["acknowledge", "hand_over"]
    handed = CaseStep.objects.filter(case__student=person, step="hand_over").values_list("detail", flat=True)
    assert len(set(handed)) == 2
    assert [pseudonym for pseudonym in handed if pseudonym in json.dumps(document["courses"])] == []


@pytest.mark.parametrize("spoil", ["lacks", "adds", "mistypes", "exceeds"])
def test_the_form_is_strict(document: dict[str, Any], spoil: str) -> None:
    spoilt = copy.deepcopy(document)
    measurement = course(spoilt, "Latin")["file"]["sessions"][0]["measurements"][0]
    match spoil:
        case "lacks":
            del measurement["model_version"]
        case "adds":
            measurement["diagnosis"] = "none"
        case "mistypes":
            measurement["frames"] = "8"
        case "exceeds":
            measurement["score"] = 1.5
    assert len(faults(spoilt, SCHEMA)) == 1


def test_every_measurement_is_in_it_with_its_interval_model_and_origin(document: dict[str, Any]) -> None:
    sessions = course(document, "Latin")["file"]["sessions"]
    assert [len(session["measurements"]) for session in sessions] == [3, 3, 3, 3, 1]
    first = sessions[0]["measurements"][0]
    assert (first["score"], first["low"], first["high"]) == pytest.approx((0.1, 0.05, 0.15))
    assert (first["model_version"], first["score_version"]) == ("test-model", "test-score")
    unclear = sessions[2]["measurements"][0]
    assert (unclear["score"], unclear["doubt"], unclear["reasons"]) == (None, "no_score", {"no_face": 7})
    assert [session["measurements"][0]["origin"] for session in sessions] == ["measured"] * 4 + ["generated"]


def test_what_the_person_said_is_in_it_word_for_word(document: dict[str, Any]) -> None:
    said = [session["said"] for session in course(document, "Latin")["file"]["sessions"]]
    assert said[0] == {"at": NOW.isoformat(), "text": HOSTILE, "does_not_fit": False}
    assert said[3]["does_not_fit"]
    assert said[1] is said[2] is said[4] is None


def test_what_is_held_beside_the_file_is_in_it(document: dict[str, Any], person: PlatformUser) -> None:
    statistics = course(document, "Statistics <I>")
    assert len(statistics["closed_files"]) == 1
    assert len(statistics["receipts"]) == 1
    assert [answer["answer"] for answer in statistics["consents"]] == ["yes", "not_now", "yes"]
    assert course(document, "Latin")["receipts"][0]["purpose"] == "class"
    assert course(document, "Latin")["capture_sessions"][0]["snippets"][0]["state"] == "received"
    assert document["person"]["name"] == "Ada Lovelace"
    assert len(document["counselor_grants"]) == 1
    assert {entry["action"] for entry in document["audit"]} >= {"consent_given", "file_destroyed"}


def test_what_the_calm_corner_remembers_is_in_it(document: dict[str, Any]) -> None:
    first, second = (course(document, title)["calm_corner"] for title in ("Statistics <I>", "Latin"))
    assert first["answers"] == [{"at": NOW.isoformat(), "exercise": "box", "helped": "a_little"}]
    assert first["offers_shown"] == [NOW.isoformat()]
    assert second["offers_shown"] == [], "an hour is not over: it holds in both courses"
    assert second["offers_answered"] == [{"at": NOW.isoformat(), "reply": "dismissed"}]
    assert first["keeps_answers"]
    assert first["offers_wanted"]


def test_what_was_opened_in_an_emergency_is_in_it_without_who_read_it(person: PlatformUser) -> None:
    latin = person.files.get(context__title="Latin")
    reader = make.make_counselor(latin.context)
    make.make_emergency(latin, reader, first_read_at=NOW)
    make.make_emergency(make.history(make.consenting(latin.context), latin.context, [[0.5]]), person)

    document = document_of(privacy.collect(person=person, form="json", at=NOW))

    assert faults(document, SCHEMA) == []
    (mine,) = course(document, "Latin")["emergencies"]
    assert (mine["reason"], mine["reference"]) == ("danger_to_own_life", "C-2026-118")
    assert mine["first_read_at"] == NOW.isoformat()
    assert len(document["emergencies_as_counselor"]) == 1
    assert str(reader.pseudonym) not in json.dumps(document)


def test_nobody_else_is_in_it(person: PlatformUser) -> None:
    context = person.files.all()[0].context
    other = make.consenting(context, name="Bob")
    make.history(other, context, [[0.5] * 3])
    written = json.dumps(document_of(privacy.collect(person=person, form="json", at=NOW)))
    assert "Bob" not in written
    assert str(other.pseudonym) not in written


def test_each_file_and_the_export_are_written_down(document: dict[str, Any], person: PlatformUser) -> None:
    mine = AuditEntry.objects.filter(actor=str(person.pseudonym))
    assert mine.filter(action=Action.FILE_READ, purpose="own_export").count() == 2
    assert mine.get(action=Action.OWN_EXPORT).purpose == "json"


@pytest.mark.parametrize(
    ("page", "kind", "name"),
    [
        ("privacy:download_json", "application/json", ".json"),
        ("privacy:download_fhir", "application/fhir+json", ".fhir.json"),
    ],
)
def test_it_is_saved_under_a_name_that_names_nobody_and_kept_by_no_cache(
    person: PlatformUser, page: str, kind: str, name: str
) -> None:
    browser = make.enter(person, person.files.all()[0].context)
    answer = browser.get(browser.address(page))
    said = answer["Content-Disposition"]
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert said.startswith('attachment; filename="attune-record-2')
    assert said.endswith(f'{name}"')
    assert "Ada" not in said
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_it_is_saved_where_no_cookie_is_kept(person: PlatformUser) -> None:
    """The page around a page of such a launch saves what is marked as an attachment (js/carried)."""
    browser = make.enter(person, person.files.all()[0].context)
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.cookies.clear()
    answer = browser.get(browser.address("privacy:download_json"), headers={SESSION_HEADER: key})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("page", ["privacy:held", "privacy:download_json", "privacy:download_fhir"])
def test_no_instructor_and_no_strange_browser_gets_it(person: PlatformUser, page: str) -> None:
    context = person.files.all()[0].context
    teacher = make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,))
    assert teacher.get(teacher.address(page)).status_code == 403
    browser = make.enter(person, context)
    address = browser.address(page)
    browser.cookies.clear()
    assert browser.get(address).status_code == 403
