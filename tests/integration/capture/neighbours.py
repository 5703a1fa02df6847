"""Run inside a house: give a launch's course three more students with a few sessions each."""

import sys

import django

django.setup()

from lti_tool.core.clock import now  # noqa: E402
from lti_tool.lti.models import Launch  # noqa: E402
from lti_tool.records import services as records  # noqa: E402
from tests import factories as make  # noqa: E402

context, at = Launch.objects.get(public_id=sys.argv[1]).context, now()
for name in ("Ada", "Bob", "Eve"):
    student = make.consenting(context, name=name, at=at)
    file = make.history(student, context, [[0.1, 0.2, 0.3]] * 5, until=at)
    records.refresh_baseline(file=file, at=at)
records.summarise_sessions(at=at)
