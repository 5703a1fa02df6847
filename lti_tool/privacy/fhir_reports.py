"""A check-in as FHIR Observations: final, for the person said so, under the instrument's own codes."""

from collections.abc import Callable, Iterator

from lti_tool.domain.checkins import Distress, Phq4
from lti_tool.privacy.fhir_terms import (
    Terms,
    Values,
    concept_of_hl7,
    concept_of_loinc,
    instant,
    reference,
)
from lti_tool.records.history import OpenedCheckIn

# As LOINC 2.77 has them. 69724-3 is the panel of these; what is told here is its total.
TOTAL = ("70272-0", "Patient Health Questionnaire 4 item (PHQ-4) total score [Reported]")
ITEMS = {
    "nervous": ("69725-0", "Feeling nervous, anxious or on edge"),
    "worrying": ("68509-9", "Over the past 2 weeks have you not been able to stop or control worrying"),
    "interest": ("44250-9", "Little interest or pleasure in doing things"),
    "down": ("44255-8", "Feeling down, depressed, or hopeless"),
}
BANDS = {
    Distress.NORMAL: "0 to 2 of 12",
    Distress.MILD: "3 to 5 of 12",
    Distress.MODERATE: "6 to 8 of 12",
    Distress.SEVERE: "9 to 12 of 12",
}


def reports_of(
    check_in: OpenedCheckIn, terms: Terms, *, patient: str, id_of: Callable[[str], str]
) -> Iterator[Values]:
    """One Observation of the number, and one of the PHQ-4 where it was answered."""
    common = {
        "resourceType": "Observation",
        "identifier": [terms.identifier("check-in", check_in.public_id)],
        "status": "final",
        "category": [concept_of_hl7("observation-category", "survey", "Survey")],
        "subject": reference(patient),
        "performer": [reference(patient)],
        "effectiveDateTime": instant(check_in.at),
    }
    yield common | {
        "id": id_of("stress"),
        "code": terms.concept("stress-0-10", "How tense the person said to be, from 0 to 10"),
        "valueInteger": check_in.stress,
    }
    if check_in.phq4:
        yield common | {"id": id_of("phq4")} | _of_phq4(check_in.phq4, terms)


def _of_phq4(phq4: Phq4, terms: Terms) -> Values:
    """No band of it is an interpretation of ours: the instrument's own words, with their source."""
    parts = [
        {"code": concept_of_loinc(code, words), "valueInteger": getattr(phq4, name)}
        for name, (code, words) in ITEMS.items()
    ]
    parts += [
        {"code": terms.concept(code, words), "valueInteger": score}
        for code, words, score in (
            ("phq4-anxiety", "PHQ-4, sum of the first two answers (GAD-2)", phq4.anxiety),
            ("phq4-depression", "PHQ-4, sum of the last two answers (PHQ-2)", phq4.depression),
        )
    ]
    band = terms.concept(f"phq4-{phq4.band.value}", f"{phq4.band.value}, {BANDS[phq4.band]} (Kroenke 2009)")
    return {
        "code": concept_of_loinc(*TOTAL),
        "valueInteger": phq4.total,
        "interpretation": [band],
        "component": parts,
    }
