"""A course moves to a fresh installation with another database and other keys, by the commands alone."""

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from lti_tool.records.archive.tool import Fault

pytestmark = pytest.mark.integration
ROOT = Path(__file__).resolve().parents[3]
TERM_AT = datetime.now(UTC).isoformat()
PLACE = ("--issuer", "https://moodle.example.edu", "--client-id", "attune", "--deployment-id", "1")
EXPORT = ("export_files", *PLACE, "--context-id", "stat-1", "--purpose", "moving")


@dataclass(frozen=True)
class Installation:
    """One database and one key-encryption key."""

    folder: Path

    def run(self, *command: str, fails: int = 0) -> str:
        key = base64.b64encode(self.folder.name.ljust(32, "-").encode()).decode()
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{self.folder / 'attune.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "lti_tool.settings",
            "ATTUNE_SECRET_KEY": self.folder.name,
            "ATTUNE_KEK": key,
            "ATTUNE_KEK_FILE": "",
        }
        argv = [sys.executable, "-W", "ignore", *command]
        done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == fails, done.stderr
        return done.stdout if not fails else done.stderr

    def manage(self, *command: str, fails: int = 0) -> str:
        return self.run("manage.py", *command, fails=fails)

    def act(self, what: str) -> str:
        return self.run("-m", "tests.integration.moving.act", what, TERM_AT)


@pytest.fixture
def old(tmp_path: Path) -> Installation:
    return begun(tmp_path / "old", "live_a_term")


@pytest.fixture
def new(tmp_path: Path) -> Installation:
    return begun(tmp_path / "new", "begin")


def begun(folder: Path, how: str) -> Installation:
    folder.mkdir()
    installation = Installation(folder)
    installation.manage("migrate", "--verbosity", "0")
    installation.act(how)
    return installation


@pytest.fixture
def key(tmp_path: Path) -> pyrage.x25519.Identity:
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(str(identity))
    return identity


def test_a_course_moves_and_the_counselor_sees_the_same(
    old: Installation, new: Installation, key: pyrage.x25519.Identity, tmp_path: Path
) -> None:
    archive, identity = tmp_path / "course.age", str(tmp_path / "key.txt")
    told = old.manage(*EXPORT, "--as", "c-1", "--recipient", str(key.to_public()), "--to", str(archive))
    assert "1 files with 13 records and 2 remarks" in told
    assert archive.stat().st_mode & 0o777 == 0o600

    bring = ("import_files", str(archive), "--identity", identity, *PLACE)
    assert "13 records would come in" in new.manage(*bring, "--dry-run")
    digest = told.split("Digest of the contents: ")[1].strip()
    came_in = new.manage(*bring, "--contents", digest)
    assert "1 new files and 13 records came in" in came_in
    assert "2 remarks by their students came in" in came_in
    assert "0 new files and 0 records came in" in new.manage(*bring)

    new.act("say_yes_again")
    for installation in (old, new):
        installation.act("begin_a_session")
    there, here = json.loads(old.act("look")), json.loads(new.act("look"))
    assert here == there
    assert "score=0.65" in here["history"]
    assert "My cat" in here["history"]
    assert "median=0.25" in here["history"]
    for installation in (old, new):
        assert "is whole" in installation.manage("verify_audit")


def test_a_command_opens_no_way_around_a_grant(
    old: Installation, key: pyrage.x25519.Identity, tmp_path: Path
) -> None:
    archive = tmp_path / "course.age"
    rest = ("--recipient", str(key.to_public()), "--to", str(archive))
    assert "Nobody in this course shares" in old.manage(*EXPORT, "--as", "4711", *rest, fails=1)
    assert "Nobody of that name" in old.manage(*EXPORT, "--as", "root", *rest, fails=1)
    assert not archive.exists()
    archive.write_text("something else")
    assert "Nothing is written over" in old.manage(*EXPORT, "--as", "c-1", *rest, fails=1)
    assert archive.read_text() == "something else"


def test_what_is_broken_or_not_meant_brings_nothing_in(
    old: Installation, new: Installation, key: pyrage.x25519.Identity, tmp_path: Path
) -> None:
    archive, identity = tmp_path / "course.age", str(tmp_path / "key.txt")
    old.manage(*EXPORT, "--as", "c-1", "--recipient", str(key.to_public()), "--to", str(archive))
    before = new.manage("dumpdata", "records", "vault", "audit", "lti")
    bring = ("import_files", str(archive), "--identity", identity, *PLACE)
    assert "other contents" in new.manage(*bring, "--contents", "0" * 64, fails=1)
    archive.write_bytes(archive.read_bytes()[:-10])
    assert "cut off" in new.manage(*bring, fails=Fault.CUT_OFF.status)
    assert new.manage("dumpdata", "records", "vault", "audit", "lti") == before
