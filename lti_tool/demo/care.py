"""What invented students said of themselves, what the rule made of their term, and what a counselor did.

Everything goes through the services that real people's clicks go through, at moments of the invented term.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.db import transaction

from lti_tool.alerts import services as alerts
from lti_tool.alerts.models import Case, WordKind
from lti_tool.demo.course import Part
from lti_tool.demo.patterns import Session, Story, said_after
from lti_tool.domain.cases import ClosingReason, Step
from lti_tool.domain.checkins import SelfReport, Shared
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile

DAY: Final = timedelta(days=1)
LOOKS_APART: Final = timedelta(days=2)
HOW_IT_ENDED: Final = {
    Story.RAISED_EARLY: ClosingReason.HELPED,
    Story.RAISED_FOR_NOTHING: ClosingReason.FALSE_ALERT,
}
NOTES: Final = {
    Story.RAISED_EARLY: "We met. A deadline and a move in the same week; study advice helps to extend it.",
    Story.RAISED_FOR_NOTHING: "New glasses, and a lamp in the face since October. Nothing else.",
    Story.RAISED_LATELY: "Reached by message. Wants to talk on Thursday, not by phone.",
}


def check_in_now_and_then(part: Part, student: PlatformUser, context: Context, session: Session) -> None:
    """After some sessions, as people do: what was said then, shared as the record is."""
    random = Random(f"{part.sub}|{session.session_id}")  # noqa: S311 -- invented people
    if not part.checks_in or random.random() > part.checks_in:
        return
    at = session.measured[-1][0] + timedelta(minutes=3)
    report = SelfReport(said_after(part.story, session, random))
    records.keep_check_in(student=student, context=context, report=report, shared=Shared.WITH_RECORD, at=at)


@transaction.atomic
def work_through(
    context: Context, parts: Mapping[int, Part], counselor: PlatformUser, *, since: datetime, at: datetime
) -> bool:
    """Look at the files in which something persisted, evening by evening, and work on what comes up.

    `parts`: by the student's primary key. Returns False where there are cases already: again adds none.
    """
    if Case.objects.filter(context=context).exists():
        return False
    records.summarise_sessions(at=at)
    raised = [pk for pk, part in parts.items() if part.story in NOTES]
    for file in MentalHealthFile.objects.filter(context=context, student__in=raised).order_by("pk"):
        _live_through(file, parts[file.student_id], counselor, list(_evenings(since, at)))
    return True


def ask(student: PlatformUser, context: Context, name: str, *, at: datetime) -> None:
    """Somebody with the camera off asks to be contacted."""
    text = "I would like to talk to somebody about how the term is going. Mornings are good."
    alerts.ask_for_contact(student=student, context=context, name=name, text=text, at=at)


def _evenings(since: datetime, at: datetime) -> Iterator[datetime]:
    evening = since.replace(hour=19)
    while evening < at:
        yield evening
        evening += LOOKS_APART


def _live_through(
    file: MentalHealthFile, part: Part, counselor: PlatformUser, evenings: Sequence[datetime]
) -> None:
    for evening in evenings:
        alerts.look_at(file_id=file.pk, at=evening)
        case = Case.objects.of(file.student, file.context).open().first()
        if case is not None:
            _work_on(case, part, counselor, evenings[-1])
            return


def _work_on(case: Case, part: Part, counselor: PlatformUser, until: datetime) -> None:
    """What is not in the past yet is left for whoever tries the demonstration."""
    began = case.opened_at
    if part.answers:
        alerts.say_of_case(case=case, kind=WordKind.NOTE, text=part.answers, at=began + DAY / 4)
    if part.story is Story.RAISED_LATELY and not part.is_in_hand:
        return
    alerts.take_step(case=case, by=counselor, step=Step.ACKNOWLEDGE, at=began + DAY)
    alerts.take_step(case=case, by=counselor, step=Step.CONTACT, detail="message", at=began + 2 * DAY)
    alerts.write_note(case=case, author=counselor, text=NOTES[part.story], at=began + 2 * DAY)
    if part.story in HOW_IT_ENDED and began + 14 * DAY < until:
        reason = HOW_IT_ENDED[part.story]
        alerts.close(case=case, by=counselor, reason=reason, at=began + 14 * DAY)
