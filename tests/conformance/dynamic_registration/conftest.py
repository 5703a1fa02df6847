"""The platform of the tests, as honest as it comes, and somebody who registers the tool there."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.conformance.registrar import Registrar
from tests.platform.platform import Platform


@pytest.fixture
def registrar(running_platform: Platform, db: None) -> Iterator[Registrar]:
    host = urlsplit(settings.PUBLIC_URL).netloc
    browser = Client(headers={"host": host}, enforce_csrf_checks=True, raise_request_exception=False)
    installed = dict(running_platform.tools)
    yield Registrar(browser, running_platform)
    office = running_platform.registrations
    office.described.clear()
    office.trouble.clear()
    office.received.clear()
    running_platform.tools = installed
