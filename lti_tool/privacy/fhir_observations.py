"""One session as a FHIR Observation: the estimate, how sure it is, and what its person says of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.remarks import Remark
from lti_tool.domain.stress import DEFAULT, Level, doubt_about, level_of
from lti_tool.privacy.fhir_terms import Terms, Values, absent, instant, period, quantity, reference
from lti_tool.records.summaries import SessionSummary


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is known of one session. `usual` is None while it is being learned."""

    summary: SessionSummary
    usual: BaselineValues | None
    remark: Remark | None
    said_at: datetime | None

    @property
    def session_id(self) -> UUID:
        """Which session it is."""
        return self.summary.session_id


def observation_of(estimate: Estimate, terms: Terms, *, id: str, patient: str, device: str) -> Values:
    """The Observation: always preliminary, for no human has confirmed it, and under a code of our own."""
    summary = estimate.summary
    return {
        "resourceType": "Observation",
        "id": id,
        "identifier": [terms.identifier("session", estimate.session_id)],
        "status": "preliminary",
        "code": terms.concept("tension-estimate", "Tension estimated from the face, one session"),
        "subject": reference(patient),
        "effectivePeriod": period(summary.started_at, summary.ended_at),
        "issued": instant(summary.ended_at),
        "device": reference(device),
        "method": terms.concept("face-expression", "Expressions in short runs of webcam pictures"),
        **_value(summary),
        **_judgement(estimate, terms),
        "component": _components(estimate, terms),
        **_note(estimate, patient),
        **_origin(summary, terms),
    }


def _value(summary: SessionSummary) -> Values:
    """A quantity, or why there is none; never both."""
    if summary.score is None:
        return {"dataAbsentReason": absent("Too few clear pictures to tell")}
    return {"valueQuantity": quantity(summary.score)}


def _judgement(estimate: Estimate, terms: Terms) -> Values:
    """The level against the person's own usual, or why there is none; and the usual as reference range."""
    summary, usual = estimate.summary, estimate.usual
    interval = (summary.score, summary.low, summary.high)
    level = level_of(*interval, usual)
    doubt = doubt_about(*interval, usual)
    words = f"{level.words}: {doubt.words}" if doubt else level.words
    judged: Values = {}
    if summary.score is not None:
        judged["interpretation"] = [terms.concept(f"level-{level.value}", words)]
    if usual is not None:
        low, high = quantity(usual.score_at(DEFAULT.lower)), quantity(usual.score_at(DEFAULT.raised))
        judged["referenceRange"] = [{"low": low, "high": high, "text": f"This person: {Level.USUAL.words}"}]
    return judged


def _components(estimate: Estimate, terms: Terms) -> list[Values]:
    summary = estimate.summary
    bounds = (
        ("interval-low", "Lower end of the 95 % interval", summary.low),
        ("interval-high", "Upper end of the 95 % interval", summary.high),
    )
    counts = (
        ("snippets", "Short runs of pictures", summary.snippets),
        ("pictures", "Pictures", summary.frames),
        ("clear-pictures", "Pictures clear enough to measure", summary.valid_frames),
    )
    components: list[Values] = [
        {"code": terms.concept(code, words), "valueQuantity": quantity(bound)}
        for code, words, bound in bounds
        if bound is not None
    ]
    components += [
        {"code": terms.concept(code, words), "valueInteger": count} for code, words, count in counts
    ]
    if estimate.remark and estimate.remark.does_not_fit:
        code = terms.concept("does-not-fit", "The person says that this estimate does not fit them")
        components.append({"code": code, "valueBoolean": True})
    return components


def _note(estimate: Estimate, patient: str) -> Values:
    if not estimate.remark or not estimate.remark.text:
        return {}
    time = {"time": instant(estimate.said_at)} if estimate.said_at else {}
    return {"note": [{"authorReference": reference(patient), "text": estimate.remark.text} | time]}


def _origin(summary: SessionSummary, terms: Terms) -> Values:
    if not summary.generated:
        return {}
    return {"meta": {"tag": [terms.coding("generated", "Made up for a demonstration")]}}
