"""The settings as a deployment has them: Django's own checks find nothing, and cookies are closed."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
SIGNS_IN = """
import json, sys
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.contrib.auth.models import User
from django.test import Client
User.objects.create_superuser("ruth", password="a long pass phrase")
client = Client(headers={"host": "attune.example.edu", "x-forwarded-proto": "https"})
signed_in = client.post("/admin/login/", {"username": "ruth", "password": "a long pass phrase"})
plain = Client(headers={"host": "attune.example.edu"}).get("/admin/login/?next=/admin/")
print(json.dumps({
    "status": signed_in.status_code,
    "cookies": [morsel.OutputString() for morsel in signed_in.cookies.values()],
    "headers": dict(signed_in.headers),
    "plain": [plain.status_code, plain.headers.get("Location")],
    "onward": client.get("/admin/").headers.get("Location"),
}))
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("deployed")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "lti_tool.settings",
        "ATTUNE_SECRET_KEY": base64.b64encode(os.urandom(48)).decode(),
        "ATTUNE_KEK": base64.b64encode(os.urandom(32)).decode(),
        "ATTUNE_PUBLIC_URL": "https://attune.example.edu",
        "ATTUNE_ALLOWED_HOSTS": "attune.example.edu",
        "ATTUNE_BEHIND_TLS_PROXY": "yes",
        "ATTUNE_AUDIT_ANCHORS": f"file:{folder / 'anchors.jsonl'}",
        "ATTUNE_EMAIL_HOST": "mail.example.edu",
        "DATABASE_URL": f"sqlite:///{folder / 'attune.sqlite3'}",
        # No broker is started here, and a password is not looked at uncounted.
        "ATTUNE_RATE_LIMITS": "no",
    }


@pytest.fixture(scope="module")
def said(environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SIGNS_IN],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_django_finds_nothing_to_say_of_a_deployment(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_session_s_cookie_is_for_this_host_alone_and_no_script(said: dict[str, Any]) -> None:
    assert said["status"] == 302
    (cookie,) = said["cookies"]
    assert cookie.startswith("__Host-attune_session=")
    for flag in ("; Secure", "; HttpOnly", "; SameSite=None", "; Path=/", "; Partitioned"):
        assert flag in cookie
    assert "Domain=" not in cookie
    assert "Max-Age" not in cookie
    assert "expires" not in cookie.lower()


def test_a_browser_is_told_to_come_by_tls_alone(said: dict[str, Any]) -> None:
    assert said["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert said["plain"] == [301, "https://attune.example.edu/admin/login/?next=/admin/"]


def test_a_password_alone_does_not_open_the_administration_of_a_deployment(said: dict[str, Any]) -> None:
    assert said["onward"].startswith("/admin/login/")
