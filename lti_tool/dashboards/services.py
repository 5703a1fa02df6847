"""Read what a page shows, through the audited door of the records room. Every read names its purpose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator

from lti_tool.activation.selectors import last_activation
from lti_tool.alerts import services as alerts
from lti_tool.alerts.selectors import own_cases
from lti_tool.alerts.services import OpenedCase
from lti_tool.consent import selectors as consent
from lti_tool.consent.models import Consent
from lti_tool.consent.selectors import Terms
from lti_tool.dashboards import agreement_words, words
from lti_tool.dashboards.activities import Activity, activities_of
from lti_tool.dashboards.chart_shapes import Trend
from lti_tool.dashboards.selectors import places_of_sessions
from lti_tool.dashboards.sessions import JudgedSession, sessions_of
from lti_tool.dashboards.trends import trend_of
from lti_tool.dashboards.week_pattern import WeekPattern, week_pattern
from lti_tool.dashboards.words import Voice
from lti_tool.domain.checkins import Shared, agreement
from lti_tool.domain.consent import Purpose
from lti_tool.domain.jurisdictions import Sharing
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Launch
from lti_tool.records import selectors as records
from lti_tool.records import services as files
from lti_tool.records.history import OpenedCheckIn
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
    agreement: tuple[str, ...] = ()

    @property
    def newest_first(self) -> tuple[JudgedSession, ...]:
        """As a table lists them."""
        return self.sessions[::-1]

    @property
    def check_ins(self) -> tuple[OpenedCheckIn, ...]:
        """What the student said of themselves, newest first, as far as the reader may know."""
        return self.history.check_ins[::-1]

    @property
    def last_said(self) -> OpenedCheckIn | None:
        """The newest of them: what is shown first."""
        return self.history.check_ins[-1] if self.history.check_ins else None

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.sessions or self.history.check_ins)

    @property
    def said_with_sessions(self) -> bool:
        """Whether any check-in lies close to a session."""
        return any(session.said for session in self.sessions)

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
    def some_show_check_ins_only(self) -> bool:
        """Whether anybody on this page shares no record."""
        return any(record.history.only_check_ins for record in self.records)

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
    cases: tuple[OpenedCase, ...] = ()
    asked_first_at: datetime | None = None
    week: WeekPattern | None = None
    activities: tuple[Activity, ...] = ()

    @property
    def shows_check_ins(self) -> bool:
        """Whether counselors may see any check-in by a tick of its own."""
        said = self.record.history.check_ins if self.record else ()
        return any(check_in.shared is Shared.BY_OWN_ACT for check_in in said)

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
    record = _read(file, launch, OWN_RECORD, words.YOURS, at) if file else None
    sessions, usual = (record.sessions, record.history.baseline) if record else ((), None)
    emergencies = records.emergencies_about(launch.user, launch.context)
    last = last_activation(launch.context.deployment_id) if emergencies else None
    return OwnPage(
        record=record,
        cases=_own_cases(launch, at),
        asked_first_at=alerts.asked_first_at(file) if file else None,
        week=week_pattern(sessions, usual, settings.LOCAL_ZONE),
        activities=activities_of(sessions, places_of_sessions(launch.user, launch.context), usual),
        consent=consent.current_consent(student=launch.user, context=launch.context),
        terms=consent.terms_in(launch.context),
        exports=records.exports_of(file) if file else (),
        emergencies=emergencies,
        protection_contact=last.protection_contact if last else "",
    )


def _own_cases(launch: Launch, at: datetime) -> tuple[OpenedCase, ...]:
    found = list(own_cases(launch.user, launch.context))
    return alerts.read_cases(cases=found, reader=launch.user, purpose=OWN_RECORD, at=at)


def read_student(*, launch: Launch, file_id: UUID, at: datetime) -> Record:
    """One file in the counselor's care. Raises FileMissing."""
    file = records.file_in_care(launch.user, launch.context, file_id, at)
    return _read(file, launch, STUDENT_PAGE, words.THEIRS, at)


def read_in_emergency(*, launch: Launch, grant_id: UUID, at: datetime) -> tuple[Record, EmergencyGrant]:
    """One file that was opened to this counselor. Raises FileMissing, EmergencyRefused."""
    grant, history = files.read_in_emergency(reader=launch.user, grant_id=grant_id, at=at)
    return ready(grant.file, history, words.THEIRS, at), grant


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
        records=tuple(ready(file, history, words.THEIRS, at) for file, history in shown),
        page=shown,
        generated=any(history.generated for _, history in opened),
        emergencies=records.emergencies_for(launch.user, at),
    )


def _read(file: MentalHealthFile, launch: Launch, purpose: str, voice: Voice, at: datetime) -> Record:
    reader = str(launch.user.pseudonym)
    return ready(file, files.read_sessions(file=file, reader=reader, purpose=purpose, at=at), voice, at)


def ready(file: MentalHealthFile, history: SessionHistory, voice: Voice, at: datetime) -> Record:
    """An opened file, made ready for a page."""
    sessions = sessions_of(history)
    pattern = words.pattern_words(sessions, history.baseline, voice)
    return Record(
        file=file,
        history=history,
        sessions=sessions,
        trend=trend_of(sessions, history.baseline, at, history.check_ins),
        pattern=pattern,
        summary=words.chart_summary(sessions, pattern, voice, check_ins=len(history.check_ins)),
        agreement=_agreement(sessions, history, voice),
    )


def _agreement(sessions: Sequence[JudgedSession], history: SessionHistory, voice: Voice) -> tuple[str, ...]:
    """Nothing where one of the two sides is missing. What does not fit its student is no estimate of them."""
    told = [session for session in sessions if session.counts and session.level is not Level.UNKNOWN]
    if not told or not history.check_ins:
        return ()
    return agreement_words.sentences(agreement(history.check_ins, told), own=voice is words.YOURS)
