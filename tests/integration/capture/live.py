"""Run inside a house: give a launch's student a whole life, and tell as JSON what must vanish with it."""

import base64
import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import django

django.setup()

from lti_tool.alerts import services as alerts  # noqa: E402
from lti_tool.alerts.models import Case  # noqa: E402
from lti_tool.capture.models import Snippet  # noqa: E402
from lti_tool.core.clock import now  # noqa: E402
from lti_tool.domain.alerting import Pattern, SessionLevel  # noqa: E402
from lti_tool.domain.checkins import Phq4, SelfReport, Shared  # noqa: E402
from lti_tool.domain.remarks import Remark  # noqa: E402
from lti_tool.domain.stress import Level  # noqa: E402
from lti_tool.lti.models import Launch  # noqa: E402
from lti_tool.privacy import services as privacy  # noqa: E402
from lti_tool.privacy.dossier import Dossier  # noqa: E402
from lti_tool.records import services as records  # noqa: E402
from lti_tool.records.models import (  # noqa: E402
    CheckIn,
    MentalHealthFile,
    SealedSummary,
    SessionRemark,
    StressRecord,
)
from lti_tool.vault import services as vault  # noqa: E402
from tests.bench.terms import fill_term  # noqa: E402
from tests.factories import make_counselor, make_launch  # noqa: E402

NAME = "Zaphod Beeblebrox of Betelgeuse"
WORDS = "I had a migraine, not stress, and told nobody"


def main(public_id: str) -> None:
    launch = Launch.objects.get(public_id=public_id)
    person, context, at = launch.user, launch.context, now()
    make_launch(person, context, name=NAME, at=at)
    person.name, person.name_shared = NAME, True
    person.save()
    file = fill_term(person, context, until=at)
    sessions = list(SealedSummary.objects.filter(file=file).values_list("session_id", flat=True))
    for number in range(3):
        remark = Remark(f"{WORDS} ({number})", does_not_fit=number == 2)
        records.say_of_session(file=file, session_id=sessions[number], remark=remark, at=at)
    for shared in Shared:
        report = SelfReport(7, Phq4(1, 2, 3, 0))
        records.keep_check_in(student=person, context=context, report=report, shared=shared, at=at)
    records.summarise_sessions(at=at)
    case = begin_case(file, at)
    dossier = privacy.collect(person=person, form="json", at=at)
    found = (*must_vanish(file, dossier), *must_vanish_of(case))
    told = [(kind, base64.b64encode(piece).decode()) for kind, piece in found]
    json.dump(told, sys.stdout)


def begin_case(file: MentalHealthFile, at: datetime) -> Case:
    """One with an alert, a word of the student's and a counselor's note."""
    level = SessionLevel("0", at - timedelta(days=8), at, Level.HIGH, 2.5)
    case = alerts.raise_alert(file=file, pattern=Pattern((level,) * 3, 3), at=at)
    alerts.ask_for_contact(student=file.student, context=file.context, name=NAME, text=WORDS, at=at)
    alerts.write_note(case=case, author=make_counselor(file.context, at=at), text=WORDS, at=at)
    return case


def must_vanish_of(case: Case) -> Iterator[tuple[str, bytes]]:
    """What is sealed in a case, its wrapped key, and the key in clear, which lies nowhere."""
    for kind, rows in (("alert", case.alerts), ("word", case.words), ("note", case.notes)):
        yield from ((f"sealed {kind}", bytes(found)) for found in rows.values_list("sealed", flat=True))
    yield "wrapped case key", bytes(case.data_key.wrapped)
    key = vault.open_data_key(case.data_key).reveal()
    yield from (("clear key", form) for form in (key, key.hex().encode(), base64.b64encode(key)))


def must_vanish(file: MentalHealthFile, dossier: Dossier) -> Iterator[tuple[str, bytes]]:
    """What is sealed or wrapped and lies there now; the name, too; and what never lies there in clear."""
    sealed = (
        ("record", StressRecord.objects.filter(file=file)),
        ("summary", SealedSummary.objects.filter(file=file).exclude(sealed=b"")),
        ("remark", SessionRemark.objects.filter(file=file)),
        ("check-in", CheckIn.objects.filter(file=file)),
    )
    for kind, rows in sealed:
        yield from ((f"sealed {kind}", bytes(found)) for found in rows.values_list("sealed", flat=True))
    yield "sealed baseline", bytes(file.baseline.sealed)
    yield "wrapped data key", bytes(file.data_key.wrapped)
    waiting = Snippet.objects.waiting().values_list("spool_key", flat=True)
    yield from (("wrapped spool key", bytes(found)) for found in waiting)
    yield "name", NAME.encode()
    key = vault.open_data_key(file.data_key).reveal()
    yield from (("clear key", form) for form in (key, key.hex().encode(), base64.b64encode(key)))
    yield "clear words", WORDS.encode()
    for course in dossier.courses:
        for observation in course.history.observations if course.history else ():
            if observation.score is not None:
                yield "clear score", json.dumps({"score": observation.score}, separators=(",", ":")).encode()


main(sys.argv[1])
