"""Tables of the alerts room."""

from lti_tool.alerts.models.cases import Alert, Case, CaseNote, CaseQuerySet, CaseStep, Origin, Word, WordKind
from lti_tool.alerts.models.desks import CareDesk, CounselorAddress, Notice, NoticeKind, Outcome
from lti_tool.alerts.models.looking import LastLook

__all__ = [
    "Alert",
    "CareDesk",
    "Case",
    "CaseNote",
    "CaseQuerySet",
    "CaseStep",
    "CounselorAddress",
    "LastLook",
    "Notice",
    "NoticeKind",
    "Origin",
    "Outcome",
    "Word",
    "WordKind",
]
