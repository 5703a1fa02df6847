"""What the demonstration's check counts."""

import pytest
from django.db import connection

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.demo import figures
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


def test_a_whole_audit_is_told_from_one_that_was_touched() -> None:
    entry = audit.record(actor=audit.SYSTEM, action=Action.TIME_OVER, subject="launch", purpose="1", at=NOW)
    assert figures.count().audit_is_whole

    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditentry SET purpose = '2' WHERE id = %s", [entry.pk])
    assert not figures.count().audit_is_whole
