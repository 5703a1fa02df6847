"""Everything that is held of one person, opened: what both exports are written from. Frozen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lti_tool.alerts.services import OpenedCase
from lti_tool.audit.models import AuditEntry
from lti_tool.capture.models import CaptureSession
from lti_tool.consent.models import Consent
from lti_tool.lti.models import Context, CounselorGrant, CounselorInvitation, Launch, PlatformUser
from lti_tool.privacy.models import Receipt
from lti_tool.privacy.sealed_receipts import Details
from lti_tool.records.history import History, Observation
from lti_tool.records.models import EmergencyGrant, MentalHealthFile
from lti_tool.wellbeing.pages import OpenDiary


@dataclass(frozen=True, slots=True)
class CourseDossier:
    """One course. `history` is None where no file is open; `capture` has its snippets with it.

    `said_at`: when the student said something of a session, by session. `diary` is None where the calm corner
    remembers nothing.
    """

    context: Context
    file: MentalHealthFile | None
    history: History | None
    said_at: Mapping[UUID, datetime]
    cases: tuple[OpenedCase, ...]
    closed_files: tuple[MentalHealthFile, ...]
    capture: tuple[CaptureSession, ...]
    consents: tuple[Consent, ...]
    receipts: tuple[tuple[Receipt, Details | None], ...]
    launches: tuple[Launch, ...]
    diary: OpenDiary | None
    emergencies: tuple[EmergencyGrant, ...]

    def sessions(self) -> Iterator[tuple[UUID, list[Observation]]]:
        """The opened records, session by session, oldest first."""
        by_session: dict[UUID, list[Observation]] = {}
        for observation in self.history.observations if self.history else ():
            by_session.setdefault(observation.session_id, []).append(observation)
        yield from by_session.items()


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person, at a moment."""

    at: datetime
    person: PlatformUser
    courses: tuple[CourseDossier, ...]
    grants: tuple[CounselorGrant, ...]
    invitations: tuple[CounselorInvitation, ...]
    emergencies: tuple[EmergencyGrant, ...]
    entries: tuple[AuditEntry, ...]
