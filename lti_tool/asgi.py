"""The ASGI entry point of the web process."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lti_tool.settings")

django_application = get_asgi_application()

from lti_tool.capture.body_bound import BoundedBodies  # noqa: E402 - settings must be loaded first
from lti_tool.capture.limits import BODY_MAX_BYTES  # noqa: E402

application = BoundedBodies(django_application, limit=BODY_MAX_BYTES)
