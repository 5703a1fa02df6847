"""The export as a FHIR R4 Bundle: valid, preliminary, under our own codes, with nobody's name."""

import ast
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.utils import translation

from lti_tool.consent import services as consent
from lti_tool.lti.models import PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.privacy.export_fhir import bundle_of
from tests import factories as make
from tests.factories.times import NOW
from tests.unit.privacy.conftest import HOSTILE

ROOT = Path(__file__).resolve().parents[3]
HOME = "https://attune.university.example"
Resource = dict[str, Any]


@pytest.fixture
def bundle(person: PlatformUser) -> Resource:
    return export(person)


def export(person: PlatformUser) -> Resource:
    """As it is downloaded, and read again."""
    written = json.dumps(bundle_of(privacy.collect(person=person, form="fhir", at=NOW), home=HOME))
    bundle: Resource = json.loads(written)
    return bundle


def resources(bundle: Resource, kind: str) -> list[Resource]:
    found = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in found if resource["resourceType"] == kind]


def estimates(bundle: Resource) -> list[Resource]:
    return [o for o in resources(bundle, "Observation") if "device" in o]


def reports(bundle: Resource) -> list[Resource]:
    return [o for o in resources(bundle, "Observation") if "performer" in o]


def component(observation: Resource, code: str) -> Resource | None:
    return next((c for c in observation["component"] if c["code"]["coding"][0]["code"] == code), None)


def everything_in(value: object) -> list[tuple[str, object]]:
    """Every pair of name and value, however deep."""
    if isinstance(value, list):
        return [pair for item in value for pair in everything_in(item)]
    if not isinstance(value, dict):
        return []
    return [pair for name, inner in value.items() for pair in [(name, inner), *everything_in(inner)]]


def test_it_comes_back_from_the_models_as_it_went_in(bundle: Resource) -> None:
    from fhirclient.models.bundle import Bundle

    assert Bundle(bundle).as_json() == bundle
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")


def test_software_reads_english_whatever_the_person_reads(person: PlatformUser, bundle: Resource) -> None:
    with translation.override("es"):
        in_spanish = export(person)
    assert estimates(in_spanish) == estimates(bundle)


def test_nobody_goes_on_in_the_language_of_who_exports_at_the_same_time(person: PlatformUser) -> None:
    dossier = privacy.collect(person=person, form="fhir", at=NOW)
    both_write = Barrier(2, timeout=10)

    class Waits:
        """An address of ours that is asked for while both exports are under way."""

        def __str__(self) -> str:
            both_write.wait()
            return HOME

    def language_after(language: str) -> str | None:
        translation.activate(language)
        bundle_of(dossier, home=Waits())  # type: ignore[arg-type]
        return translation.get_language()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(language_after, ["es", "zh-hans"])) == ["es", "zh-hans"]


def test_every_reference_leads_to_a_resource_of_the_bundle(bundle: Resource) -> None:
    there = {entry["fullUrl"] for entry in bundle["entry"]}
    references = {value for name, value in everything_in(bundle) if name == "reference"}
    assert len(there) == len(bundle["entry"])
    assert references
    assert references <= there


def test_the_patient_is_a_pseudonym_and_no_name_is_anywhere(bundle: Resource, person: PlatformUser) -> None:
    (patient,) = resources(bundle, "Patient")
    assert set(patient) == {"resourceType", "id", "identifier"}
    assert patient["identifier"] == [{"system": f"{HOME}/fhir/pseudonym", "value": str(person.pseudonym)}]
    assert "Lovelace" not in json.dumps(bundle)
    assert person.sub not in json.dumps(bundle)


def test_every_session_is_a_preliminary_estimate_by_a_program(bundle: Resource) -> None:
    observations = estimates(bundle)
    assert len(observations) == 10
    for observation in observations:
        assert observation["status"] == "preliminary"
        assert observation["code"]["coding"][0]["system"] == f"{HOME}/fhir/codes"
        assert observation["method"]["coding"][0]["code"] == "face-expression"
        assert set(observation["effectivePeriod"]) == {"start", "end"}
    (device,) = [
        d for d in resources(bundle, "Device") if observations[0]["device"]["reference"].endswith(d["id"])
    ]
    assert [version["value"] for version in device["version"]] == ["test-model", "test-score"]


def systems_in(value: object) -> set[object]:
    return {v for name, v in everything_in(value) if name == "system" and not str(v).startswith(HOME)}


def test_no_estimate_stands_under_a_code_of_an_instrument_that_people_fill_in(bundle: Resource) -> None:
    estimated = {"http://unitsofmeasure.org", "http://terminology.hl7.org/CodeSystem/data-absent-reason"}
    assert systems_in(estimates(bundle)) == estimated
    assert systems_in(bundle) == estimated | {
        "http://loinc.org",
        "http://terminology.hl7.org/CodeSystem/observation-category",
        "http://terminology.hl7.org/CodeSystem/consentscope",
        "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
    }
    assert "http://loinc.org" in systems_in(reports(bundle))


def test_what_the_person_said_of_themselves_is_final_and_theirs(bundle: Resource) -> None:
    stress, phq4, later = reports(bundle)[:3]
    (patient,) = resources(bundle, "Patient")
    assert len(reports(bundle)) == 6
    for report in reports(bundle):
        assert report["status"] == "final"
        assert report["performer"] == [report["subject"]]
        assert report["subject"]["reference"].endswith(patient["id"])
    assert (stress["code"]["coding"][0]["code"], stress["valueInteger"]) == ("stress-0-10", 7)
    assert later["valueInteger"] == 4
    assert (phq4["code"]["coding"][0]["code"], phq4["valueInteger"]) == ("70272-0", 7)
    told = {c["code"]["coding"][0]["code"]: c["valueInteger"] for c in phq4["component"]}
    assert told == {
        "69725-0": 2,
        "68509-9": 1,
        "44250-9": 3,
        "44255-8": 1,
        "phq4-anxiety": 3,
        "phq4-depression": 4,
    }


def test_a_value_has_its_interval_and_no_value_has_a_reason(bundle: Resource) -> None:
    observations = estimates(bundle)
    for observation in observations:
        told = "valueQuantity" in observation
        assert told is not ("dataAbsentReason" in observation)
        assert told is (component(observation, "interval-low") is not None)
    first = observations[0]
    low, high = component(first, "interval-low"), component(first, "interval-high")
    assert low is not None
    assert high is not None
    assert first["valueQuantity"]["value"] == pytest.approx(0.1)
    assert low["valueQuantity"]["value"] == pytest.approx(0.05)
    assert high["valueQuantity"]["value"] == pytest.approx(0.15)
    absent = [o["dataAbsentReason"]["coding"][0]["code"] for o in observations if "dataAbsentReason" in o]
    assert absent == ["unknown"] * 4  # one without a face and one glance, in each of two courses


def test_what_the_person_said_goes_with_the_estimate_whatever_it_says(bundle: Resource) -> None:
    first, _, _, contested, generated = estimates(bundle)[:5]
    (note,) = first["note"]
    assert note["text"] == HOSTILE
    assert note["authorReference"] == first["subject"]
    mark = component(contested, "does-not-fit")
    assert mark is not None
    assert mark["valueBoolean"] is True
    assert component(first, "does-not-fit") is None
    assert generated["meta"]["tag"][0]["code"] == "generated"


def test_answers_about_consent_are_told_purpose_by_purpose(bundle: Resource) -> None:
    latin = resources(bundle, "Consent")[:2]
    assert [answer["status"] for answer in latin] == ["inactive", "active"]
    permitted = [[p["type"] for p in answer["provision"]["provision"]] for answer in latin]
    assert permitted == [["permit", "permit", "permit"], ["permit", "permit", "deny"]]
    statistics = resources(bundle, "Consent")[2:]
    assert [answer["status"] for answer in statistics] == ["inactive", "rejected", "active"]
    assert set(statistics[0]["provision"]["period"]) == {"start", "end"}


def test_where_it_is_from_is_told_once_for_all_observations(bundle: Resource) -> None:
    (provenance,) = resources(bundle, "Provenance")
    assert len(provenance["target"]) == len(resources(bundle, "Observation"))


def test_two_exports_name_the_same_things_alike(person: PlatformUser, bundle: Resource) -> None:
    again = export(person)
    assert [entry["fullUrl"] for entry in again["entry"]] == [entry["fullUrl"] for entry in bundle["entry"]]


@pytest.mark.django_db
def test_who_was_never_measured_gets_a_bundle_of_what_there_is() -> None:
    context = make.make_context()
    student = make.make_student(context)
    consent.decline(student=student, context=context, at=NOW)
    kinds = [entry["resource"]["resourceType"] for entry in export(student)["entry"]]
    assert kinds == ["Patient", "Consent"]


def test_the_library_is_opened_by_one_module_and_only_when_asked() -> None:
    modules = [path for path in (ROOT / "lti_tool").rglob("*.py") if "fhirclient" in imports_of(path)]
    assert [path.name for path in modules] == ["export_fhir.py"]
    script = "import django; django.setup(); import lti_tool.urls, sys; print('fhirclient' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert told.stdout.strip() == "False"


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found
