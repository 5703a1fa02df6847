"""The service's own settings, with a lost task coming back after seconds instead of a minute and a half."""

from lti_tool.settings import *  # noqa: F403
from lti_tool.settings import CELERY

CELERY["broker_transport_options"] = {
    "visibility_timeout": 5,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
