"""Two people use two registration links for one platform at once: both succeed, and it is on record once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

# The first registration is not committed before the second stands still at it.
SCRIPT = """
import threading, time
import django; django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import Registration, RegistrationLink
from tests.platform.server import run_platform

call_command("migrate", verbosity=0)
said = []

def offer(platform, token):
    link = RegistrationLink(purpose="the law school")
    services.make_registration_link(link=link, by="ruth", at=now())
    address = platform.configuration_url
    return services.prepare_registration(link=link, openid_configuration=address, registration_token=token)

def register(prepared):
    try:
        registered = services.register_by_link(offer=prepared, at=now())
        said.append(f"{registered.registration.pk}:{registered.deployment.pk}")
    except Exception as error:
        said.append(type(error).__name__)
    finally:
        connection.close()

def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")
        return cursor.fetchone()[0] > 0

with run_platform("http://localhost:8000") as platform:
    token = platform.registrations.invite()
    first, second = offer(platform, token), offer(platform, token)
    late = threading.Thread(target=register, args=(second,))
    with transaction.atomic():
        registered = services.register_by_link(offer=first, at=now())
        late.start()
        deadline = time.monotonic() + 30
        while not somebody_waits() and late.is_alive() and time.monotonic() < deadline:
            time.sleep(0.02)
    late.join()
    on_record = Registration.objects.filter(issuer=platform.issuer)
    links = RegistrationLink.objects.filter(registration__in=on_record, used_at__isnull=False)
    expected = f"{registered.registration.pk}:{registered.deployment.pk}"
    print("same" if said == [expected] else said, on_record.count(), "platform", links.count(), "links")
"""


@pytest.mark.integration
@pytest.mark.spec("LTI Dynamic Registration 1.0", "3.6.1")
def test_the_later_of_two_registrations_corrects_what_the_first_put_on_record(postgres_url: str) -> None:
    environment = os.environ | {"DATABASE_URL": postgres_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.stdout.splitlines()[-1] == "same 1 platform 2 links"
