"""A person's own export as a FHIR R4 Bundle (docs/export.md). The only module that opens `fhirclient`, late.

Estimates stand under codes of our own: one from a face must not pass for an instrument that people fill in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import uuid5

from django.utils import translation

from lti_tool.consent.models import Answer, Consent
from lti_tool.domain.consent import Purpose
from lti_tool.privacy.dossier import CourseDossier, Dossier
from lti_tool.privacy.fhir_observations import Estimate, observation_of
from lti_tool.privacy.fhir_reports import reports_of
from lti_tool.privacy.fhir_terms import (
    Terms,
    Values,
    concept_of_hl7,
    instant,
    period,
    reference,
    urn,
)
from lti_tool.records.history import Observation
from lti_tool.records.summaries import summary_of

PURPOSES: Final = {
    Purpose.CAMERA: "Measure with the camera, into the person's own file",
    Purpose.COUNSELOR: "Counselors of the course may read the file",
    Purpose.CLASS: "Count the person, without a name, in the weekly class pattern",
}


def bundle_of(dossier: Dossier, *, home: str) -> Values:
    """The Bundle as plain values, read and written once by FHIR's own models.

    `home`: this installation's address; its codes and identifiers are named under it. English, whoever asks:
    the next to read it is software. Raises FHIRValidationError where the Bundle is none.
    """
    from fhirclient.models.bundle import Bundle

    # Not as a decorator: one of these remembers one reader's language, and would hand it to another's thread.
    with translation.override("en"):
        resources = list(_Writer(dossier, Terms(f"{home}/fhir")).resources())
    entries = [{"fullUrl": urn(resource["id"]), "resource": resource} for resource in resources]
    document = {"resourceType": "Bundle", "type": "collection", "timestamp": instant(dossier.at)}
    written: Values = Bundle(document | {"entry": entries}).as_json()
    return written


@dataclass(frozen=True, slots=True)
class _Writer:
    dossier: Dossier
    terms: Terms

    @property
    def patient_id(self) -> str:
        return str(self.dossier.person.pseudonym)

    def resources(self) -> Iterator[Values]:
        """The person, what they said, the software, its estimates, the answers about consent, the source."""
        yield self._patient()
        reports = [report for course in self.dossier.courses for report in self._reports(course)]
        yield from reports
        devices: dict[str, Values] = {}
        estimates: list[Values] = []
        for course in self.dossier.courses:
            estimates += self._sessions(course, devices)
        yield from devices.values()
        yield from estimates
        for course in self.dossier.courses:
            yield from (
                self._consent(consent, newest=consent is course.consents[-1]) for consent in course.consents
            )
        if told := reports + estimates:
            yield self._provenance([observation["id"] for observation in told])

    def _patient(self) -> Values:
        """The pseudonym and nothing else."""
        identifier = [self.terms.identifier("pseudonym", self.patient_id)]
        return {"resourceType": "Patient", "id": self.patient_id, "identifier": identifier}

    def _sessions(self, course: CourseDossier, devices: dict[str, Values]) -> Iterator[Values]:
        """The course's estimates; software that is new goes among the devices."""
        if course.history is None:
            return
        for session_id, observations in course.sessions():
            device = self._device(observations)
            devices[device["id"]] = device
            estimate = Estimate(
                summary=summary_of(observations),
                usual=course.history.baseline,
                remark=course.history.remarks.get(session_id),
                said_at=course.said_at.get(session_id),
            )
            id = self._id("session", course.context.pk, session_id)
            yield observation_of(estimate, self.terms, id=id, patient=self.patient_id, device=device["id"])

    def _reports(self, course: CourseDossier) -> Iterator[Values]:
        """What the person said of themselves in a course."""
        for check_in in course.history.check_ins if course.history else ():
            id_of = partial(self._id, "check-in", check_in.public_id)
            yield from reports_of(check_in, self.terms, patient=self.patient_id, id_of=id_of)

    def _device(self, observations: Sequence[Observation]) -> Values:
        """What measured a session: each set of versions is a device of its own."""
        models = sorted({observation.model_version for observation in observations})
        scores = sorted({observation.score_version for observation in observations})
        versions = [("model", model) for model in models] + [("score", score) for score in scores]
        return {
            "resourceType": "Device",
            "id": self._id("device", *versions),
            "deviceName": [{"name": "Attune", "type": "user-friendly-name"}],
            "type": self.terms.concept("software", "Software that estimates tension from a face"),
            "version": [
                {"type": self.terms.concept(f"{kind}-version", f"Version of the {kind}"), "value": value}
                for kind, value in versions
            ],
        }

    def _consent(self, consent: Consent, *, newest: bool) -> Values:
        """An answer, purpose by purpose. Only the newest can be active, until it is taken back."""
        said_yes = consent.answer == Answer.YES
        return {
            "resourceType": "Consent",
            "id": self._id("consent", consent.pk),
            "status": "active" if newest and consent.is_yes else "inactive" if said_yes else "rejected",
            "scope": concept_of_hl7("consentscope", "patient-privacy", "Privacy Consent"),
            "category": [self.terms.concept("measuring", "Measuring tension with a camera")],
            "patient": reference(self.patient_id),
            "dateTime": instant(consent.answered_at),
            "policyRule": self.terms.concept(
                f"text-{consent.text_version}", f"The text with the SHA-256 {consent.text_hash}"
            ),
            "provision": {
                "type": "deny",
                "period": period(consent.answered_at, consent.withdrawn_at),
                "provision": [
                    {
                        "type": "permit" if said_yes and purpose in consent.chosen else "deny",
                        "purpose": [self.terms.coding(f"purpose-{purpose.value}", words)],
                    }
                    for purpose, words in PURPOSES.items()
                ],
            },
        }

    def _provenance(self, observations: Sequence[str]) -> Values:
        assembler = concept_of_hl7("provenance-participant-type", "assembler", "Assembler")
        patient = reference(self.patient_id)
        return {
            "resourceType": "Provenance",
            "id": self._id("provenance", instant(self.dossier.at)),
            "target": [reference(observation) for observation in observations],
            "recorded": instant(self.dossier.at),
            "activity": self.terms.concept("own-export", "Exported for the person themselves"),
            "agent": [{"type": assembler, "who": {"display": "Attune"}, "onBehalfOf": patient}],
        }

    def _id(self, *parts: object) -> str:
        """The same thing of the same person has the same id in every export, and no other has it."""
        return str(uuid5(self.dossier.person.pseudonym, "|".join(map(str, parts))))
