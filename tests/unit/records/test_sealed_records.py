"""Records are sealed to their place; the database alone says nothing of how somebody was."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from lti_tool.lti.models import Context, Deployment, PlatformUser, Registration
from lti_tool.records import services as records
from lti_tool.records.errors import FileClosed
from lti_tool.records.models import Baseline, MentalHealthFile, Origin, StressRecord
from lti_tool.records.places import Kind, binding, place_of
from lti_tool.vault.errors import KeyDestroyed, SealBroken
from lti_tool.vault.models import DataKey
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(student: PlatformUser, context: Context) -> MentalHealthFile:
    return make.history(student, context, [[0.1234567, 0.2, 0.3], [0.2, 0.3, 0.4]])


def read(file: MentalHealthFile) -> None:
    records.read_file(file=file, reader=str(file.student.pseudonym), purpose="own view", at=NOW)


def test_no_score_or_level_lies_open_in_the_database(file: MentalHealthFile) -> None:
    with connection.cursor() as cursor:
        for model in (StressRecord, Baseline):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
            everything = repr([bytes(v) if isinstance(v, memoryview) else v for r in cursor for v in r])
            assert "0.1234567" not in everything
            assert "no_face" not in everything
            assert "level" not in everything


@pytest.mark.parametrize(
    "change",
    [
        {"recorded_at": NOW + timedelta(days=9)},
        {"session_id": uuid.uuid4()},
        {"origin": Origin.GENERATED},
        {"public_id": uuid.uuid4()},
        {"schema_version": 2},
        {"sealed": b"\0" * 60},
    ],
)
def test_a_record_that_was_changed_or_moved_does_not_open(
    file: MentalHealthFile, change: dict[str, Any]
) -> None:
    record = StressRecord.objects.filter(file=file)[2]
    StressRecord.objects.filter(pk=record.pk).update(**change)
    with pytest.raises(SealBroken):
        read(file)


def test_a_record_of_another_student_does_not_open_in_this_file(
    file: MentalHealthFile, context: Context
) -> None:
    other = make.history(make.consenting(context, name="Bob"), context, [[0.9]])
    StressRecord.objects.filter(file=other).update(file=file)
    with pytest.raises(SealBroken):
        read(file)


@pytest.mark.parametrize(
    "move",
    [
        lambda file: MentalHealthFile.objects.filter(pk=file.pk).update(context=make.make_context()),
        lambda file: MentalHealthFile.objects.filter(pk=file.pk).update(
            student=make.make_student(file.context)
        ),
        lambda file: Context.objects.filter(pk=file.context_id).update(deployment=make.make_deployment()),
        lambda file: Deployment.objects.filter(pk=file.context.deployment_id).update(
            registration=make.make_registration()
        ),
        lambda file: MentalHealthFile.objects.filter(pk=file.pk).update(public_id=uuid.uuid4()),
    ],
    ids=["course", "student", "deployment", "registration", "file"],
)
def test_a_file_that_was_moved_as_a_whole_does_not_open(
    file: MentalHealthFile, move: Callable[[MentalHealthFile], object]
) -> None:
    """Whoever can write to the database cannot give a file to another student, course or platform."""
    records.refresh_baseline(file=file, at=NOW)
    move(file)
    moved = MentalHealthFile.objects.get(pk=file.pk)
    with pytest.raises(SealBroken):
        records.read_file(file=moved, reader=str(moved.student.pseudonym), purpose="own view", at=NOW)
    with pytest.raises(SealBroken):
        records.refresh_baseline(file=moved, at=NOW)


def test_a_platform_may_change_its_address_and_names(file: MentalHealthFile) -> None:
    Registration.objects.update(issuer="https://moved.example", client_id="another")
    Deployment.objects.update(deployment_id="another")
    Context.objects.update(context_id="another", title="Another")
    read(MentalHealthFile.objects.get(pk=file.pk))


def test_one_kind_never_opens_as_another(file: MentalHealthFile) -> None:
    place = place_of(file)
    assert len({binding(kind, 1, place) for kind in Kind}) == len(Kind)
    assert binding(Kind.CASE_NOTE, 1, place, "a") != binding(Kind.CASE_NOTE, 2, place, "a")


def test_two_records_cannot_be_exchanged(file: MentalHealthFile) -> None:
    one, two = StressRecord.objects.filter(file=file)[:2]
    StressRecord.objects.filter(pk=one.pk).update(sealed=two.sealed)
    with pytest.raises(SealBroken):
        read(file)


def test_each_file_has_its_own_key(file: MentalHealthFile, context: Context) -> None:
    other = make.history(make.consenting(context, name="Bob"), context, [[0.9]])
    DataKey.objects.filter(pk=other.data_key_id).update(
        wrapped=DataKey.objects.get(pk=file.data_key_id).wrapped
    )
    other.data_key.refresh_from_db()
    with pytest.raises(SealBroken):
        read(other)


def test_opening_twice_gives_the_same_file(student: PlatformUser, context: Context) -> None:
    first = records.open_file(student=student, context=context, at=NOW)
    assert records.open_file(student=student, context=context, at=NOW) == first
    assert MentalHealthFile.objects.count() == 1


def test_generated_records_say_so(student: PlatformUser, context: Context) -> None:
    file = records.open_file(student=student, context=context, at=NOW)
    records.append_record(
        file=file,
        measured=make.measured(0.4),
        session_id=uuid.uuid4(),
        origin=Origin.GENERATED,
        at=NOW,
    )

    history = records.read_file(file=file, reader=str(student.pseudonym), purpose="own view", at=NOW)
    assert history.generated


def test_a_destroyed_file_takes_its_records_and_its_usual_with_it(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    records.refresh_baseline(file=file, at=NOW)

    assert records.destroy_file(file=file, at=NOW) == 6

    assert not StressRecord.objects.exists()
    assert not Baseline.objects.exists()
    with pytest.raises(KeyDestroyed):
        read(file)
    with pytest.raises(FileClosed):
        records.append_record(file=file, measured=make.measured(), session_id=uuid.uuid4(), at=NOW)
    assert records.open_file(student=student, context=context, at=NOW) != file


def test_destroying_twice_keeps_the_first_time(file: MentalHealthFile) -> None:
    records.destroy_file(file=file, at=NOW)
    assert records.destroy_file(file=file, at=NOW + timedelta(days=1)) == 0
    assert MentalHealthFile.objects.get(pk=file.pk).closed_at == NOW
