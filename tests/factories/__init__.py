"""Rows for tests: a platform, a course, its people. Each function makes what it was not given."""

from tests.factories.browsers import Browser, enter
from tests.factories.care import consenting, give_everything, history, make_emergency, measured, observed
from tests.factories.people import (
    make_counselor,
    make_counselor_of,
    make_instructor,
    make_launch,
    make_student,
)
from tests.factories.platforms import (
    EU_EXCEPTION,
    make_activation,
    make_context,
    make_deployment,
    make_registration,
)

__all__ = [
    "EU_EXCEPTION",
    "Browser",
    "consenting",
    "enter",
    "give_everything",
    "history",
    "make_activation",
    "make_context",
    "make_counselor",
    "make_counselor_of",
    "make_deployment",
    "make_emergency",
    "make_instructor",
    "make_launch",
    "make_registration",
    "make_student",
    "measured",
    "observed",
]
