"""Keys are never in a log, a traceback, a page about a fault or the broker, whichever way things go wrong."""

import base64
import contextlib
import json
import logging
import traceback
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any

import pytest
import redis
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from lti_tool.capture import services as capture
from lti_tool.capture import spool, tasks
from lti_tool.capture.intake import Submission
from lti_tool.core import clock
from lti_tool.core.errors import AttuneError
from lti_tool.vault import sealing, wrapping
from lti_tool.vault import services as vault
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.local_keys import parse
from lti_tool.vault.models import DataKey
from lti_tool.vault.secrets import SecretKey
from tests import factories as make
from tests.factories.times import NOW
from tests.transit import TransitServer
from tests.unit.capture.pictures import jpeg
from tests.unit.vault.conftest import ONE

pytestmark = pytest.mark.django_db

MATERIAL = b"0123456789abcdef0123456789ABCDEF"
KEK = b"fedcba9876543210FEDCBA9876543210"
TOKEN = "hvs.a-token-that-opens-everything"
PEM = b"-----BEGIN PRIVATE KEY----- of the tool"


def forms(secret: bytes) -> Iterator[str]:
    yield from (secret.decode(), secret.hex(), base64.b64encode(secret).decode(), repr(bytearray(secret)))
    yield str(list(secret))[1:-1]


SECRETS = [form for secret in (MATERIAL, KEK, PEM) for form in forms(secret)] + [TOKEN, ONE]


def assert_clean(text: str) -> None:
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.fixture(autouse=True)
def known_key(kek: pytest.MonkeyPatch, transit: TransitServer) -> None:
    """Every new key is the known one; the server of the keys and its token are known, too."""
    kek.setattr(SecretKey, "new", classmethod(lambda cls: cls(MATERIAL)))
    kek.setenv("ATTUNE_KEK", f"v2:{base64.b64encode(KEK).decode()},v1:{ONE}")
    transit.tokens[TOKEN] = next(iter(transit.tokens.values()))
    kek.setenv("ATTUNE_TRANSIT_TOKEN", TOKEN)


def local(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEYRING", "local")


def broken_batch() -> None:
    good = wrapping.wrap(SecretKey.new())
    wrapping.unwrap_all([good, WrappedKey(good.body[:-8] + b"AAAAAAA=", good.version)])


def row_that_does_not_open() -> None:
    stored = vault.create_data_key(at=NOW)
    DataKey.objects.filter(pk=stored.pk).update(wrapped=bytes(60))
    vault.open_data_key(stored)


def small_secret_moved() -> None:
    vault.unseal_small(vault.seal_small(PEM, binding=b"here"), binding=b"there")


def sealed_elsewhere() -> None:
    key = SecretKey.new()
    sealing.unseal(sealing.seal(MATERIAL, key, binding=b"a"), key, binding=b"b")


def broken_setting() -> None:
    parse(f"v1:{ONE},v1:{base64.b64encode(KEK).decode()}")


MISHAPS = [broken_batch, row_that_does_not_open, small_secret_moved, sealed_elsewhere, broken_setting]


def caught(mishap: Callable[[], object]) -> tuple[type[BaseException], BaseException, TracebackType]:
    with pytest.raises(AttuneError) as info:
        mishap()
    return info.type, info.value, info.tb


def assert_reports_are_clean(mishap: Callable[[], object], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    kind, error, trace = caught(mishap)
    logging.getLogger("test").error("It went wrong: %s %r", error, error, exc_info=(kind, error, trace))
    assert_clean("".join(traceback.TracebackException(kind, error, trace, capture_locals=True).format()))
    reporter = ExceptionReporter(RequestFactory().get("/"), kind, error, trace)
    assert_clean(reporter.get_traceback_html())
    assert_clean(reporter.get_traceback_text())
    assert_clean(caplog.text)
    assert_clean(json.dumps([str(error), repr(error), repr(vars(error))]))


@pytest.mark.parametrize("mishap", MISHAPS)
@pytest.mark.parametrize("where", ["local", "transit"])
def test_whatever_goes_wrong_no_report_of_it_shows_a_key(
    mishap: Callable[[], None], where: str, kek: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if where == "local":
        local(kek)
    assert_reports_are_clean(mishap, caplog)


def sealed_server(server: TransitServer) -> None:
    server.sealed = True


def forgotten_token(server: TransitServer) -> None:
    server.tokens.clear()


def slow_server(server: TransitServer) -> None:
    server.delay_s = 2


@pytest.mark.parametrize("trouble", [sealed_server, forgotten_token, slow_server])
def test_a_server_in_trouble_leaves_no_trace_of_what_it_was_asked(
    trouble: Callable[[TransitServer], None], transit: TransitServer, caplog: pytest.LogCaptureFixture
) -> None:
    trouble(transit)
    assert_reports_are_clean(lambda: vault.create_data_key(at=NOW), caplog)


def test_a_day_of_work_writes_no_key_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stored = vault.create_data_key(at=NOW)
    vault.open_data_key(stored)
    vault.unseal_small(vault.seal_small(PEM, binding=b"kid"), binding=b"kid")
    vault.destroy_data_key(stored, at=NOW)
    assert caplog.records, "the client of the server logs at this level, so there is something to look at"
    assert_clean(caplog.text)


def test_neither_broker_nor_spool_ever_holds_a_key(redis_url: str) -> None:
    context = make.make_context()
    student = make.consenting(context)
    session = capture.start_session(launch=make.make_launch(student, context), at=clock.now())
    picture = jpeg()
    snippet = capture.accept_snippet(
        session=session,
        submission=Submission(client_id=session.public_id, captured_at=clock.now(), frames=(picture,)),
        at=clock.now(),
    )
    tasks.analyse_snippet.delay(snippet.pk)

    held = everything(redis.Redis.from_url(redis_url))
    assert f"[[{snippet.pk}]" in base64_opened(held)
    assert picture not in held
    assert MATERIAL not in held
    assert bytes(snippet.spool_key) not in held, (
        "whoever has the broker must lack half of what opens a picture"
    )
    assert_clean(held.decode("latin-1"))
    assert_clean(base64_opened(held))
    spool.destroy(snippet.public_id)


def everything(client: Any) -> bytes:  # noqa: ANN401 - its stubs mix both of its protocols
    """Each value of the broker, whatever its kind, line by line."""
    read: dict[bytes, Callable[[bytes], Iterable[bytes]]] = {
        b"string": lambda key: [client.get(key)],
        b"list": lambda key: client.lrange(key, 0, -1),
        b"set": client.smembers,
        b"zset": lambda key: client.zrange(key, 0, -1),
        b"hash": lambda key: [*client.hgetall(key).keys(), *client.hgetall(key).values()],
    }
    return b"\n".join(value for key in client.keys("*") for value in read[client.type(key)](key))


def base64_opened(held: bytes) -> str:
    """The bodies of the messages among it."""
    opened = []
    for line in held.split(b"\n"):
        with contextlib.suppress(ValueError, KeyError, TypeError):
            opened.append(base64.b64decode(json.loads(line)["body"]).decode())
    return "".join(opened)
