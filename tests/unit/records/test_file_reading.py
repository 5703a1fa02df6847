"""Who may open a file, what they see, and what is written down about it."""

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.domain.consent import Purpose
from lti_tool.domain.stress import Level
from lti_tool.records import services as records
from lti_tool.records.errors import FileRefused, PurposeMissing
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


def test_a_student_reads_their_own_file_in_order() -> None:
    context = make.make_context()
    student = make.consenting(context)
    file = make.history(student, context, [[0.1, 0.2, 0.3], [0.2, None, 0.4]])

    history = records.read_file(file=file, reader=str(student.pseudonym), purpose="own view", at=NOW)

    assert [o.score for o in history.observations] == [0.1, 0.2, 0.3, 0.2, None, 0.4]
    assert history.baseline is None
    assert {o.level for o in history.observations} == {Level.UNKNOWN}
