"""The figures of a queue: its parts, its last page and one case, among thousands of open and closed cases."""

from datetime import datetime, timedelta
from functools import partial
from statistics import median

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from lti_tool.alerts import services as alerts
from lti_tool.alerts.models import Case
from lti_tool.core import clock
from lti_tool.domain.alerting import Pattern, SessionLevel
from lti_tool.domain.cases import ClosingReason
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from tests import factories as make
from tests.bench.class_page import cpu_ms
from tests.bench.vault import tell

PAGE_MAY_TAKE_MS = 400
ONE_IN = 5
SESSIONS = [[0.3, 0.31, 0.29]] * 4
PAGES = ("", "?show=mine", "?show=closed", "?page=9999", "?show=closed&page=9999")


def run(cases: int) -> int:
    """Print a figure a line. Returns 1 when a page takes longer than it may."""
    at, context = clock.now(), make.make_context()
    counselor = make.make_counselor(context, at=at)
    for number in range(cases):
        _begin(number, context, counselor, at - timedelta(minutes=number))
    records.summarise_sessions(at=at + timedelta(hours=1))
    open_cases = Case.objects.open().count()
    tell("cases, of which open", f"{Case.objects.count()}, {open_cases}")
    browser = make.enter(counselor, context)
    one = Case.objects.open().latest("opened_at")
    addresses = [browser.address("dashboards:queue") + page for page in PAGES]
    addresses.append(browser.address("dashboards:case", case=one.public_id))
    addresses.append(browser.address("alerts:changes"))
    return int(max(_page(browser, address) for address in addresses) > PAGE_MAY_TAKE_MS)


def _begin(number: int, context: Context, counselor: PlatformUser, at: datetime) -> None:
    if number % ONE_IN:
        student = make.make_student(context, name="")
        case = alerts.ask_for_contact(student=student, context=context, name="Bo Lind", text="Please", at=at)
        alerts.close(case=case, by=counselor, reason=ClosingReason.HELPED, at=at)
        return
    student = make.consenting(context, at=at - timedelta(days=30), name=f"Student {number}")
    file = make.history(student, context, SESSIONS, until=at)
    alerts.raise_alert(file=file, pattern=_persists(at), at=at)


def _persists(at: datetime) -> Pattern:
    days = (at - timedelta(days=ago) for ago in (9, 4, 1))
    return Pattern(tuple(SessionLevel(str(day), day, day, Level.RAISED, 1.0) for day in days), looked_at=5)


def _page(browser: make.Browser, address: str) -> float:
    browser.get(address)  # templates are read once a process
    reset_queries()  # a full log would count no more
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    statements = len(asked)  # the next request empties the log
    took = median(cpu_ms(partial(browser.get, address)) for _ in range(11))
    shown = address.partition("/queue/")[2] or "the first page"
    tell(f"queue: {shown.split('-')[0]}, {statements} statements, CPU", f"{took:.1f} ms")
    return took
