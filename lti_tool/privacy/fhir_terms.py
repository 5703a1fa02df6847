"""The words of a FHIR export: codes of our own and of HL7's, quantities, moments, references. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

HL7: Final = "http://terminology.hl7.org/CodeSystem"
LOINC: Final = "http://loinc.org"
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Terms:
    """Codes and identifiers of one installation, named under `base`, its own address."""

    base: str

    def coding(self, code: str, words: str) -> Values:
        """A Coding in our own system."""
        return {"system": f"{self.base}/codes", "code": code, "display": words}

    def concept(self, code: str, words: str) -> Values:
        """A CodeableConcept in our own system."""
        return {"coding": [self.coding(code, words)], "text": words}

    def identifier(self, kind: str, value: object) -> Values:
        """An Identifier in a system of our own."""
        return {"system": f"{self.base}/{kind}", "value": str(value)}


def concept_of_hl7(system: str, code: str, display: str) -> Values:
    """A CodeableConcept in one of HL7's systems."""
    return {"coding": [{"system": f"{HL7}/{system}", "code": code, "display": display}]}


def concept_of_loinc(code: str, display: str) -> Values:
    """A CodeableConcept of LOINC: only for what a person answered, never for an estimate."""
    return {"coding": [{"system": LOINC, "code": code, "display": display}]}


def absent(words: str) -> Values:
    """Why there is no value."""
    return concept_of_hl7("data-absent-reason", "unknown", "Unknown") | {"text": words}


def quantity(value: float) -> Values:
    """A score: a number without a dimension."""
    return {"value": value, "unit": "from 0 to 1", "system": "http://unitsofmeasure.org", "code": "1"}


def period(start: datetime, end: datetime | None) -> Values:
    """A Period; open while there is no end."""
    return {"start": instant(start)} | ({"end": instant(end)} if end else {})


def instant(at: datetime) -> str:
    """A moment in UTC."""
    return at.astimezone(UTC).isoformat()


def reference(id: str) -> Values:
    """To a resource of the same Bundle."""
    return {"reference": urn(id)}


def urn(id: str) -> str:
    """How the resources of a Bundle name one another."""
    return f"urn:uuid:{id}"
