"""Open a case for a counselor of its course, or for its student, and write down that they read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from lti_tool.alerts import sealed
from lti_tool.alerts.errors import CaseMissing
from lti_tool.alerts.models import Alert, Case, CaseNote, CaseStep, Word, WordKind
from lti_tool.alerts.sealed import OpenedWords
from lti_tool.alerts.selectors import is_counselor_of
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti.models import PlatformUser
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey

CASE_PAGE = "case_page"
QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Finding:
    """An alert, opened: when it was raised, and what persisted (values of domain.alerting.Pattern)."""

    raised_at: datetime
    pattern: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case with everything in it. `told_name`: what the platform called a student who asked for contact."""

    case: Case
    findings: tuple[Finding, ...]
    words: tuple[OpenedWords, ...]
    notes: tuple[OpenedWords, ...]
    steps: tuple[CaseStep, ...]
    told_name: str = ""

    @property
    def name(self) -> str:
        """What to call the student."""
        return self.case.student.name or self.told_name or self.case.student.display_name

    @property
    def last_word(self) -> OpenedWords | None:
        """What the student said last."""
        return self.words[-1] if self.words else None

    @property
    def contested(self) -> bool:
        """Whether the student said that it does not fit."""
        return any(word.kind == WordKind.CONTEST for word in self.words)


@transaction.atomic
def read_case(*, case: Case, reader: PlatformUser, purpose: str, at: datetime) -> OpenedCase:
    """Everything in one case. Raises CaseMissing for anybody but its student and counselors of its course."""
    if reader.pk != case.student_id and not is_counselor_of(reader, case, at):
        raise CaseMissing
    return read_cases(cases=[case], reader=reader, purpose=purpose, at=at)[0]


@transaction.atomic
def read_cases(
    *, cases: Sequence[Case], reader: PlatformUser, purpose: str, at: datetime
) -> tuple[OpenedCase, ...]:
    """Several, which the caller found by `cases_in_care` or `own_cases`: one asks as often as fifty."""
    keys = vault.open_data_keys([case.data_key_id for case in cases])
    rows = _rows_of(cases)
    audit.record_each(
        actor=str(reader.pseudonym),
        action=Action.CASE_READ,
        subjects=[f"case:{case.public_id}" for case in cases],
        purpose=purpose,
        at=at,
    )
    return tuple(_opened(case, keys[case.data_key_id], rows) for case in cases)


Rows = dict[type, dict[int, list[Any]]]


def _rows_of(cases: Sequence[Case]) -> Rows:
    """Alerts, words, notes and steps of all of them, by the case."""
    found: Rows = {}
    for model in (Alert, Word, CaseNote, CaseStep):
        by_case = found.setdefault(model, {case.pk: [] for case in cases})
        rows = model.objects.filter(case__in=cases)
        if model in (CaseNote, CaseStep):
            rows = rows.select_related("author" if model is CaseNote else "by")
        for row in rows:
            by_case[row.case_id].append(row)
    return found


def _opened(case: Case, key: SecretKey, rows: Rows) -> OpenedCase:
    words = rows[Word][case.pk]
    return OpenedCase(
        case=case,
        findings=tuple(
            Finding(row.raised_at, sealed.opened(row, case=case, key=key)) for row in rows[Alert][case.pk]
        ),
        words=sealed.opened_words(words, case=case, key=key),
        notes=sealed.opened_notes(rows[CaseNote][case.pk], case=case, key=key),
        steps=tuple(rows[CaseStep][case.pk]),
        told_name=_told_name(words, case, key),
    )


def _told_name(words: Sequence[Word], case: Case, key: SecretKey) -> str:
    asked = [word for word in words if word.kind == WordKind.CONTACT]
    return str(sealed.opened(asked[-1], case=case, key=key)["name"]) if asked else ""
