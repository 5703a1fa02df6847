"""Settings of the tests: lti_tool.settings with secrets that protect nothing. Knows no real service.

The broker's address leads nowhere, so that no test ever reaches a developer's own Redis: ask for `redis_url`.
"""

import base64
import os

os.environ.update(
    ATTUNE_SECRET_KEY="only-for-tests",
    ATTUNE_KEK=base64.b64encode(b"only-for-tests-only-for-tests-32").decode(),
    ATTUNE_PUBLIC_URL="http://localhost:8000",
    ATTUNE_ALLOWED_HOSTS="localhost,testserver",
    ATTUNE_ALLOW_LOOPBACK_PLATFORMS="1",
    ATTUNE_LOG_LEVEL="WARNING",
    ATTUNE_RATE_LIMITS="0",
    REDIS_URL="redis://127.0.0.1:1/0",
)

from lti_tool.settings import *  # noqa: F403
