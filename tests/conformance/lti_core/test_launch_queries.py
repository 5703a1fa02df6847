"""What a launch asks of the database, question by question, so that it cannot grow unseen.

docs/PERFORMANCE.md has what each of them costs. Transactions are left out: a test has others around it.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conformance.visitor import Visitor

TABLE: Final = re.compile(r'(?:FROM|INTO|UPDATE) "(\w+)"')

LOGIN: Final = [
    "SELECT lti_registration",  # by issuer and client id
    "INSERT lti_loginattempt",  # the state and nonce that must come back
]
LAUNCH: Final = [
    "SELECT lti_loginattempt",  # with its registration
    "DELETE lti_loginattempt",  # by whom this succeeds, gets in
    "SELECT lti_resourcelink",  # with its course and deployment
    "SELECT lti_counselorgrant",
    "SELECT lti_platformuser",  # inside the transaction: whether the name is shared may have changed
    "INSERT lti_launch",
]
SESSION: Final = "SELECT django_session"  # Django's protection of forms reads it at every request
NEW_SESSION: Final = ["SELECT django_session", "INSERT django_session"]  # is the key free? then it is taken


def asked(captured: CaptureQueriesContext) -> list[str]:
    statements = [query["sql"] for query in captured.captured_queries]
    tables = [(sql.split()[0], TABLE.search(sql)) for sql in statements]
    return [f"{verb} {table[1]}" for verb, table in tables if table]


def questions(visitor: Visitor) -> tuple[list[str], list[str]]:
    """Those of the login, and those of the launch."""
    launch = visitor.platform.launch("student")
    with CaptureQueriesContext(connection) as at_login:
        request = visitor.start(launch)
    form = visitor.platform.answer(launch, request)
    with CaptureQueriesContext(connection) as at_launch:
        assert visitor.post(urlsplit(launch.tool.launch_url).path, form).status == 302
    return asked(at_login), asked(at_launch)


def test_somebody_who_was_here_before_in_the_same_browser(visitor: Visitor) -> None:
    visitor.launch("student")

    at_login, at_launch = questions(visitor)

    assert at_login == [SESSION, *LOGIN]
    # The session must outlive its latest launch.
    assert at_launch == [SESSION, *LAUNCH, "UPDATE django_session"]


def test_somebody_who_was_here_before_in_a_new_browser(visitor: Visitor) -> None:
    visitor.launch("student")
    visitor.forget_cookies()

    at_login, at_launch = questions(visitor)

    assert at_login == LOGIN
    assert at_launch == [*LAUNCH, *NEW_SESSION]


def test_somebody_new_in_a_course_where_others_were(visitor: Visitor) -> None:
    visitor.launch("student-02")
    visitor.forget_cookies()

    at_login, at_launch = questions(visitor)

    recorded = LAUNCH.index("SELECT lti_platformuser") + 1
    assert at_login == LOGIN
    assert at_launch == [*LAUNCH[:recorded], "INSERT lti_platformuser", *LAUNCH[recorded:], *NEW_SESSION]
