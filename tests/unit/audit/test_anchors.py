"""The head is left outside: in a file, a syslog, at an address. What does not take it is loud."""

import http.server
import json
import logging
import os
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lti_tool.audit import services as audit
from lti_tool.audit import tasks
from lti_tool.audit.anchorages import AnchorAddress, AnchorageUnknown, AnchorFile, AnchorRefused, parse
from lti_tool.audit.anchors import Anchor, AnchorsUnreadable, read_places
from lti_tool.audit.checks import anchors_have_a_place
from lti_tool.audit.models import Action, Anchorage
from lti_tool.audit.services import AnchoringFailed, anchor_head
from lti_tool.audit.verification import Place
from tests.factories.times import NOW

ANCHOR = Anchor("https://attune.university.example", NOW, Place(7, "a" * 64))


class Settings:
    """What pytest-django's fixture lets be set."""

    AUDIT_ANCHORS: list[str]
    PUBLIC_URL: str


def record() -> None:
    audit.record(actor="system", action=Action.FILE_READ, subject="file:1", at=NOW)


def test_a_file_gets_one_line_more_that_can_be_read_back(tmp_path: Path) -> None:
    file = AnchorFile(tmp_path / "anchors.jsonl")
    file.leave(ANCHOR)
    file.leave(ANCHOR)
    lines = file.path.read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0]) == {
        "installation": "https://attune.university.example",
        "at": "2026-11-18T10:00:00+00:00",
        "sequence": 7,
        "entry_hash": "a" * 64,
    }
    assert read_places(lines) == [ANCHOR.place, ANCHOR.place]
    assert os.stat(file.path).st_mode & 0o777 == 0o600


def test_half_a_line_spoils_no_later_one(tmp_path: Path) -> None:
    file = AnchorFile(tmp_path / "anchors.jsonl")
    file.path.write_text('{"sequence": 6, "entr', encoding="utf-8")
    file.leave(ANCHOR)
    spoiled, whole = file.path.read_text(encoding="utf-8").splitlines()
    assert read_places([whole]) == [ANCHOR.place]
    with pytest.raises(AnchorsUnreadable, match="Line 1"):
        read_places([spoiled, whole])


def test_a_file_that_cannot_be_written_refuses(tmp_path: Path) -> None:
    with pytest.raises(AnchorRefused, match="No such file"):
        AnchorFile(tmp_path / "nowhere" / "anchors.jsonl").leave(ANCHOR)


@pytest.mark.spec("RFC 5424", "6")
def test_a_syslog_is_spoken_to_as_the_standard_has_it(tmp_path: Path) -> None:
    address = str(tmp_path / "log")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
        log.bind(address)
        (place,) = parse([f"syslog:{address}"])
        place.leave(ANCHOR)
        said = log.recv(4096).decode()
    head, message = said.split(" - ", 1)
    assert head.startswith("<85>1 2026-11-18T10:00:00.000Z ")  # 10 (authpriv) * 8 + 5 (notice)
    assert head.endswith(f" attune {os.getpid()} audit-anchor")
    assert read_places([message]) == [ANCHOR.place]


def test_a_syslog_elsewhere_is_reached_over_udp_and_tcp() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as log:
        log.bind(("127.0.0.1", 0))
        parse([f"syslog://127.0.0.1:{log.getsockname()[1]}"])[0].leave(ANCHOR)
        assert ANCHOR.line() in log.recv(4096).decode()
    with socket.create_server(("127.0.0.1", 0)) as server:
        parse([f"syslog+tcp://127.0.0.1:{server.getsockname()[1]}"])[0].leave(ANCHOR)
        connection, _ = server.accept()
        with connection:
            assert connection.recv(4096).decode().endswith(f"{ANCHOR.line()}\n")


def test_a_syslog_that_is_not_there_refuses(tmp_path: Path) -> None:
    for address in (f"syslog:{tmp_path / 'log'}", "syslog+tcp://127.0.0.1:1"):
        with pytest.raises(AnchorRefused):
            parse([address])[0].leave(ANCHOR)


class Receiver(http.server.BaseHTTPRequestHandler):
    answer, received = 204, bytearray()

    def do_POST(self) -> None:
        self.received[:] = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def receiver(answer: int) -> Iterator[str]:
    Receiver.answer = answer
    with socketserver.TCPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/in/secret-word"
        server.shutdown()


def test_an_address_is_sent_the_anchor_as_json() -> None:
    with receiver(204) as url:
        AnchorAddress(url).leave(ANCHOR)
    assert json.loads(bytes(Receiver.received)) == ANCHOR.document()


def test_an_address_that_answers_otherwise_refuses_and_is_named_by_its_host_alone() -> None:
    with receiver(500) as url, pytest.raises(AnchorRefused, match="answered 500"):
        AnchorAddress(url).leave(ANCHOR)
    assert "secret-word" not in AnchorAddress(url).label
    with pytest.raises(AnchorRefused, match="did not answer"):
        AnchorAddress("https://127.0.0.1:1/").leave(ANCHOR)


@pytest.mark.parametrize(
    "word",
    ["anchors.jsonl", "file:relative", "file://host/path", "http://plain.example/", "ftp://x/", "syslog:"],
)
def test_a_place_of_another_kind_is_refused_at_the_start(word: str, settings: Settings) -> None:
    with pytest.raises(AnchorageUnknown):
        parse([word])
    settings.AUDIT_ANCHORS = [word]
    assert [finding.id for finding in anchors_have_a_place()] == ["audit.E001"]


def test_a_public_installation_without_any_place_is_warned(settings: Settings) -> None:
    settings.AUDIT_ANCHORS, settings.PUBLIC_URL = [], "https://attune.university.example"
    assert [finding.id for finding in anchors_have_a_place()] == ["audit.W001"]
    settings.AUDIT_ANCHORS = ["file:/var/lib/attune/anchors.jsonl"]
    assert anchors_have_a_place() == []


@pytest.mark.django_db
def test_one_place_that_refuses_keeps_no_other_from_its_anchor_and_is_loud(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    record()
    good, bad = tmp_path / "anchors.jsonl", tmp_path / "nowhere" / "anchors.jsonl"
    settings.AUDIT_ANCHORS = [f"file:{bad}", f"file:{good}"]
    later = NOW + timedelta(hours=1)
    for at in (NOW, later):
        with pytest.raises(AnchoringFailed, match="nowhere"):
            anchor_head(at=at)

    assert [entry.sequence for entry in read_places(good.read_text().splitlines())] == [1, 1]
    failing = Anchorage.objects.get(label=f"file:{bad}")
    assert (failing.failing_since, failing.anchored_at) == (NOW, None)
    assert Anchorage.objects.get(label=f"file:{good}").anchored_at == later
    assert [entry.levelno for entry in caplog.records] == [logging.ERROR] * 2

    bad.parent.mkdir()
    anchor_head(at=later)
    failing.refresh_from_db()
    assert (failing.failing_since, failing.failure, failing.sequence) == (None, "", 1)


@pytest.mark.django_db
def test_the_task_tries_again_before_it_fails(settings: Settings, tmp_path: Path) -> None:
    settings.AUDIT_ANCHORS = [f"file:{tmp_path / 'nowhere' / 'x'}"]
    tried = tasks.anchor_audit.apply()
    assert tried.failed()
    assert tasks.anchor_audit.max_retries == tasks.TRIES_AN_HOUR - 1
    settings.AUDIT_ANCHORS = [f"file:{tmp_path / 'x'}"]
    assert tasks.anchor_audit.apply().get() == 1


@pytest.mark.django_db
def test_the_command_anchors_now_or_fails(settings: Settings, tmp_path: Path) -> None:
    record()
    settings.AUDIT_ANCHORS = []
    with pytest.raises(CommandError, match="names no place"):
        call_command("anchor_audit")
    settings.AUDIT_ANCHORS = [f"file:{tmp_path / 'nowhere' / 'x'}"]
    with pytest.raises(CommandError, match="could not be left"):
        call_command("anchor_audit")
    settings.AUDIT_ANCHORS = [f"file:{tmp_path / 'x'}"]
    call_command("anchor_audit")
    assert len((tmp_path / "x").read_text().splitlines()) == 1
