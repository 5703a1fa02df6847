"""Read what a page shows, through the audited door of the records room. Every read names its purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator

from lti_tool.activation.selectors import last_activation
from lti_tool.consent import selectors as consent
from lti_tool.consent.models import Consent
from lti_tool.consent.selectors import Terms
from lti_tool.dashboards import words
from lti_tool.dashboards.chart_shapes import Trend
from lti_tool.dashboards.sessions import JudgedSession, sessions_of
from lti_tool.dashboards.trends import trend_of
from lti_tool.dashboards.words import Voice
from lti_tool.domain.consent import Purpose
from lti_tool.domain.jurisdictions import Sharing
from lti_tool.lti.models import Launch
from lti_tool.records import selectors as records
from lti_tool.records import services as files
from lti_tool.records.models import EmergencyGrant, MentalHealthFile
from lti_tool.records.summaries import SessionHistory

OWN_RECORD = "own_record"
CASELOAD = "caseload"
STUDENT_PAGE = "student_page"
SESSIONS_SHOWN = 10
CASES_SHOWN = 50
CASELOAD_WINDOW = timedelta(weeks=6)  # a list answers "lately"; the student's page has the whole term


@dataclass(frozen=True, slots=True)
class Record:
    """One file, its sessions opened and made ready for a page."""

    file: MentalHealthFile
    history: SessionHistory
    sessions: tuple[JudgedSession, ...]
    trend: Trend
    pattern: str
    summary: str

    @property
    def newest_first(self) -> tuple[JudgedSession, ...]:
        """As a table lists them."""
        return self.sessions[::-1]

    @property
    def recent(self) -> tuple[JudgedSession, ...]:
        """The newest ones, for a page's first look."""
        return self.newest_first[:SESSIONS_SHOWN]

    @property
    def earlier(self) -> tuple[JudgedSession, ...]:
        """All the others, newest first."""
        return self.newest_first[SESSIONS_SHOWN:]

    @property
    def latest(self) -> JudgedSession | None:
        """The last session, whether it could be told or not."""
        return self.sessions[-1] if self.sessions else None

    @property
    def sets_apart(self) -> bool:
        """Whether the student said of any session that it does not fit."""
        return not all(session.counts for session in self.sessions)

    @property
    def persists(self) -> bool:
        """Whether most of the last sessions lay above the usual."""
        return words.persists(self.sessions)

    @property
    def model_versions(self) -> tuple[str, ...]:
        """Every model that had a part in it."""
        return tuple(sorted({version for session in self.sessions for version in session.model_versions}))


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of the list. Whether anything was made up is said of the whole list."""

    records: tuple[Record, ...]
    page: "Page[tuple[MentalHealthFile, SessionHistory]]"
    generated: bool
    emergencies: Sequence[EmergencyGrant] = ()

    @property
    def students(self) -> int:
        """How many there are on all pages."""
        return self.page.paginator.count


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What a student sees of themselves. `record` is None while nothing is held."""

    record: Record | None
    consent: Consent | None
    terms: Terms
    exports: Sequence[datetime] = ()
    emergencies: Sequence[EmergencyGrant] = ()
    protection_contact: str = ""

    def allows(self, purpose: Purpose) -> bool:
        """What the student's word allows now."""
        return self.consent is not None and self.terms.permits(self.consent, purpose)

    @property
    def may_show(self) -> bool:
        """Whether showing it to counselors is an act of its own here, and there is something to show."""
        by_act = self.terms.sharing is Sharing.BY_OWN_ACT
        return by_act and self.record is not None and self.allows(Purpose.CAMERA)


def read_own(*, launch: Launch, at: datetime) -> OwnPage:
    """The student's own file, if there is one, and what they chose."""
    file = records.open_file_of(launch.user, launch.context)
    emergencies = records.emergencies_about(launch.user, launch.context)
    last = last_activation(launch.context.deployment_id) if emergencies else None
    return OwnPage(
        record=_read(file, launch, OWN_RECORD, words.YOURS, at) if file else None,
        consent=consent.current_consent(student=launch.user, context=launch.context),
        terms=consent.terms_in(launch.context),
        exports=records.exports_of(file) if file else (),
        emergencies=emergencies,
        protection_contact=last.protection_contact if last else "",
    )


def read_student(*, launch: Launch, file_id: UUID, at: datetime) -> Record:
    """One file in the counselor's care. Raises FileMissing."""
    file = records.file_in_care(launch.user, launch.context, file_id, at)
    return _read(file, launch, STUDENT_PAGE, words.THEIRS, at)


def read_in_emergency(*, launch: Launch, grant_id: UUID, at: datetime) -> tuple[Record, EmergencyGrant]:
    """One file that was opened to this counselor. Raises FileMissing, EmergencyRefused."""
    grant, history = files.read_in_emergency(reader=launch.user, grant_id=grant_id, at=at)
    return _ready(grant.file, history, words.THEIRS, at), grant


def read_caseload(*, launch: Launch, page: str = "1", at: datetime) -> Caseload:
    """A page of the files in the counselor's care: what persists first in the whole list, then by name."""
    opened = files.read_files_in_care(
        counselor=launch.user,
        context=launch.context,
        purpose=CASELOAD,
        at=at,
        since=at - CASELOAD_WINDOW,
    )
    in_order = sorted(opened, key=lambda entry: not words.persists(sessions_of(entry[1])))
    shown = Paginator(in_order, CASES_SHOWN).get_page(page)
    return Caseload(
        records=tuple(_ready(file, history, words.THEIRS, at) for file, history in shown),
        page=shown,
        generated=any(history.generated for _, history in opened),
        emergencies=records.emergencies_for(launch.user, at),
    )


def _read(file: MentalHealthFile, launch: Launch, purpose: str, voice: Voice, at: datetime) -> Record:
    reader = str(launch.user.pseudonym)
    return _ready(file, files.read_sessions(file=file, reader=reader, purpose=purpose, at=at), voice, at)


def _ready(file: MentalHealthFile, history: SessionHistory, voice: Voice, at: datetime) -> Record:
    sessions = sessions_of(history)
    pattern = words.pattern_words(sessions, history.baseline, voice)
    return Record(
        file=file,
        history=history,
        sessions=sessions,
        trend=trend_of(sessions, history.baseline, at),
        pattern=pattern,
        summary=words.chart_summary(sessions, pattern, voice),
    )
