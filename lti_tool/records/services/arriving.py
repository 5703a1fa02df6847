"""Take in what an archive holds of a file beside its records. The caller holds the file and audits."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lti_tool.audit.models import Action
from lti_tool.audit.selectors import last_moments_of
from lti_tool.domain.remarks import Remark
from lti_tool.records.archive import tool
from lti_tool.records.models import MentalHealthFile, SessionRemark, StressRecord
from lti_tool.records.services.remarks import replace_remark
from lti_tool.vault.secrets import SecretKey


class ArrivedRemarks(NamedTuple):
    """Of which sessions a remark came in, and of how many one did not, because of a later word here."""

    sessions: tuple[UUID, ...]
    newer_here: int


def take_in_remarks(lines: Sequence[tool.Json], file: MentalHealthFile, key: SecretKey) -> ArrivedRemarks:
    """The later word holds, and taking one back is a word, too.

    Records come first: a remark on a session of which no record is here stays out.
    """
    here, came, newer = _sessions(file), [], 0
    said_here = _last_words(lines, file)
    for line in lines:
        session_id, written_at = UUID(line["session_id"]), datetime.fromisoformat(line["written_at"])
        last = said_here.get(session_id)
        if session_id in here and (last is None or last < written_at):
            remark = Remark(line["text"], line["does_not_fit"])
            replace_remark(file, key, session_id, remark, written_at)
            came.append(session_id)
        newer += last is not None and last > written_at
    return ArrivedRemarks(tuple(came), newer)


def _last_words(lines: Sequence[tool.Json], file: MentalHealthFile) -> dict[UUID, datetime]:
    """When something was last said of each session here, or taken back."""
    rows = SessionRemark.objects.filter(file=file)
    said = dict(rows.values_list("session_id", "written_at"))
    subjects = [f"session:{line['session_id']}" for line in lines]
    taken_back = last_moments_of(action=Action.REMARK_DELETED, subjects=subjects)
    for subject, moment in taken_back.items():
        session_id = UUID(subject.removeprefix("session:"))
        said[session_id] = max(moment, said.get(session_id, moment))
    return said


def _sessions(file: MentalHealthFile) -> set[UUID]:
    return set(StressRecord.objects.filter(file=file).values_list("session_id", flat=True).distinct())
