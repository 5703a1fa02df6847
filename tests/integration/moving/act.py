"""Run inside an installation: `act WHAT WHEN`. `look` tells as JSON what the counselor's page shows."""

import json
import sys
from datetime import datetime, timedelta

import django

django.setup()

from lti_tool.dashboards import services  # noqa: E402
from lti_tool.domain.remarks import Remark  # noqa: E402
from lti_tool.lti.models import Context, Deployment, PlatformUser  # noqa: E402
from lti_tool.records import services as records  # noqa: E402
from lti_tool.records.models import MentalHealthFile, StressRecord  # noqa: E402
from lti_tool.records.selectors import files_in_care  # noqa: E402
from tests import factories as make  # noqa: E402

ISSUER, COURSE, STUDENT, COUNSELOR = "https://moodle.example.edu", "stat-1", "4711", "c-1"
TERM: list[list[float | None]] = [[0.1, 0.2, 0.3], [0.2, None, 0.4, 0.3], [0.15, 0.25, 0.3], [0.6, 0.7, 0.65]]


def begin(at: datetime) -> None:
    """A platform that knows this installation, and nothing else."""
    registration = make.make_registration(issuer=ISSUER)
    make.make_activation(make.make_deployment(registration=registration, deployment_id="1"), at=at)


def live_a_term(at: datetime) -> None:
    begin(at)
    context = make.make_context(deployment=Deployment.objects.get(), context_id=COURSE)
    student = make.make_student(context, sub=STUDENT)
    make.give_everything(student, context, at=at - timedelta(days=30))
    file = make.history(student, context, TERM, until=at)
    records.refresh_baseline(file=file, at=at)
    first, *_, last = dict.fromkeys(StressRecord.objects.of(file).values_list("session_id", flat=True))
    for session, remark in ((first, Remark("My cat\nwas ill.")), (last, Remark("", does_not_fit=True))):
        records.say_of_session(file=file, session_id=session, remark=remark, at=at)
    make.make_counselor(context, sub=COUNSELOR, at=at)


def say_yes_again(at: datetime) -> None:
    """The student, here for the first time; and a counselor."""
    context, student = Context.objects.get(), PlatformUser.objects.get(sub=STUDENT)
    counselor = make.make_counselor(context, sub=COUNSELOR, at=at)
    assert files_in_care(counselor, context, at) == []
    make.give_everything(student, context, at=at)


def begin_a_session(at: datetime) -> None:
    """The next day: what is learned from what is on record by then."""
    records.refresh_baseline(file=MentalHealthFile.objects.get(), at=at + timedelta(days=1))


def look(at: datetime) -> None:
    context, counselor = Context.objects.get(), PlatformUser.objects.get(sub=COUNSELOR)
    launch, file = make.make_launch(counselor, context, at=at), MentalHealthFile.objects.get()
    shown = services.read_student(launch=launch, file_id=file.public_id, at=at)
    parts = ("history", "sessions", "trend", "pattern", "summary")
    json.dump({part: repr(getattr(shown, part)) for part in parts}, sys.stdout)


ACTS = {act.__name__: act for act in (begin, live_a_term, say_yes_again, begin_a_session, look)}
ACTS[sys.argv[1]](datetime.fromisoformat(sys.argv[2]))
