"""What was on record before activations had versions is copied, and never in force for longer than a year."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from lti_tool.activation.models import Activation
from lti_tool.domain.activation import Lack, missing_for_sensing

SIGNED = datetime(2026, 11, 20, tzinfo=UTC)
BEFORE = [("lti", "0005_named_origins"), ("activation", None)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("place", "basis", "locks"),
    [
        ("elsewhere", "explicit consent", ()),
        (
            "DE",
            "medical: device 0123-456, counsel M. Moss",
            ("assessment_date", Lack.INFERENCE_NOT_PERMITTED),
        ),
    ],
)
def test_a_record_of_before_is_copied(place: str, basis: str, locks: tuple[str, ...]) -> None:
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    try:
        old = executor.migrate(BEFORE).apps
        registration = old.get_model("lti", "Registration").objects.create(
            issuer="https://moodle.example", client_id="abc", created_at=timezone.now()
        )
        deployment = old.get_model("lti", "Deployment").objects.create(
            registration=registration, deployment_id="1", created_at=timezone.now()
        )
        old.get_model("lti", "Activation").objects.create(
            deployment=deployment,
            jurisdiction=place,
            legal_basis=basis,
            purpose="early support",
            assessment_reference="DPIA-7",
            protection_contact="dpo@university.example",
            counselor_contact="help@university.example",
            counselor_hours="9 to 17",
            signed_off_by="Head of Services",
            signed_off_at=SIGNED,
            expires_at=SIGNED + timedelta(days=5000),
        )
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)

    copied = Activation.objects.in_force().get()
    assert (copied.version, copied.legal_basis) == (1, basis)
    assert copied.expires_at == SIGNED + timedelta(days=366)
    assert missing_for_sensing(copied, SIGNED + timedelta(days=1)) == locks
