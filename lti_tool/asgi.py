"""The ASGI entry point of the web process."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lti_tool.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 - settings must be loaded first

from lti_tool.capture.body_bound import BoundedBodies  # noqa: E402
from lti_tool.capture.limits import BODY_MAX_BYTES, BODY_MAX_S  # noqa: E402
from lti_tool.core.serving import ThreadedHandler  # noqa: E402

application = BoundedBodies(
    ThreadedHandler(threads=settings.WEB_THREADS), limit=BODY_MAX_BYTES, patience_s=BODY_MAX_S
)
