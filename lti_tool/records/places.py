"""To which place sealed bytes of a file are bound: moved anywhere else, they do not open. Knows no keys."""

from enum import StrEnum

from lti_tool.records.models import MentalHealthFile


class Kind(StrEnum):
    """What was sealed: one kind never opens as another."""

    RECORD = "record"
    SUMMARY = "summary"
    BASELINE = "baseline"
    CASE_NOTE = "case-note"
    REMARK = "remark"
    CHECK_IN = "check-in"


def place_of(file: MentalHealthFile) -> str:
    """Tenant, course, student, file. By the database's own numbers: a platform's address and ids may change.

    Costs no query where the file came with its course and deployment.
    """
    deployment = file.context.deployment
    tenant = f"{deployment.registration_id}/{deployment.pk}"
    return f"{tenant}/{file.context_id}/{file.student_id}/{file.public_id}"


def binding(kind: Kind, schema_version: int, place: str, *details: object) -> bytes:
    """What goes beside the sealed bytes when they are sealed, and must be the same when they are opened."""
    return "|".join(map(str, (kind, schema_version, place, *details))).encode()
