"""The Celery application. Tasks carry ids only; each room's `tasks.py` is found by Celery itself.

Two queues, for two kinds of worker: what measures loads models and does nothing else.
"""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lti_tool.settings")

app = Celery("attune")
app.add_defaults(lambda: settings.CELERY)  # read when first needed: settings may still be loading
app.autodiscover_tasks()
