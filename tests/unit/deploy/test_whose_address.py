"""Where a request comes from, as the web process knows it: started as in the image, asked over the wire."""

import ipaddress
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[3] / "deploy"
COMPOSE = yaml.safe_load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))
PROXY, STRANGER = "127.0.0.2", "127.0.0.3"  # two neighbours in the same network
ADA = "203.0.113.7"

APP = """
from lti_tool.asgi import application as served
from django.http import JsonResponse
from django.urls import path
from lti_tool.core.pace import by_address
from django.conf import settings
import sys, types
told = types.ModuleType("told")
told.urlpatterns = [path("whose/", lambda request: JsonResponse(by_address(request, {}), safe=False))]
sys.modules["told"] = told
settings.ROOT_URLCONF = "told"
"""


def command_of_the_image() -> list[str]:
    """What the web image runs."""
    dockerfile = (FOLDER / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    found = re.search(r'^CMD (\["uvicorn".*\])$', dockerfile, re.MULTILINE)
    assert found is not None
    command: list[str] = json.loads(found[1])
    return command


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "whose.py").write_text(APP, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    _, application, *rest = command_of_the_image()
    assert application == "lti_tool.asgi:application"
    rest[rest.index("--port") + 1] = str(free)
    known = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ATTUNE_")},
        **{"ATTUNE_SECRET_KEY": "a key of this test", "ATTUNE_KEK": "unused", "FORWARDED_ALLOW_IPS": PROXY},
        **{"PYTHONPATH": f"{folder}:{FOLDER.parent}", "DJANGO_SETTINGS_MODULE": "lti_tool.settings"},
    }
    web = subprocess.Popen([sys.executable, "-m", "uvicorn", "whose:served", *rest], env=known)
    try:
        _wait_for(free)
        yield free
    finally:
        web.terminate()
        web.wait(10)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("The web process did not start.")


def whose(port: int, *, neighbour: str, **headers: str) -> str:
    """Whom the limits count when `neighbour` asks with these headers."""
    sent = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(neighbour, 0)) as wire:
        wire.sendall(f"GET /whose/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{sent}\r\n".encode())
        heard = b""
        while piece := wire.recv(65536):
            heard += piece
    assert heard.startswith(b"HTTP/1.1 200"), heard
    return str(json.loads(heard.split(b"\r\n\r\n", 1)[1]))


def test_behind_the_proxy_it_is_the_clients_address_and_not_the_proxys(port: int) -> None:
    assert whose(port, neighbour=PROXY, X_Forwarded_For=ADA) == ADA


def test_what_a_client_wrote_before_the_proxy_added_its_address_is_ignored(port: int) -> None:
    """So does a proxy that adds to a header; Caddy, as shipped, writes it anew."""
    assert whose(port, neighbour=PROXY, X_Forwarded_For=f"198.51.100.9, {ADA}") == ADA


def test_nobody_but_the_proxy_is_believed(port: int) -> None:
    assert whose(port, neighbour=STRANGER, X_Forwarded_For=ADA) == STRANGER


@pytest.mark.parametrize("header", ["X_Real_IP", "Forwarded", "Remote_Addr", "X_Client_IP"])
def test_no_other_header_says_where_a_request_comes_from(port: int, header: str) -> None:
    value = f"for={ADA}" if header == "Forwarded" else ADA
    assert whose(port, neighbour=PROXY, X_Forwarded_For="192.0.2.1", **{header: value}) == "192.0.2.1"


def test_the_compose_file_names_the_proxy_and_gives_it_that_address() -> None:
    def filled(text: str) -> str:
        return re.sub(r"\$\{ATTUNE_FRONT:-([\d.]+)\}", r"\1", text)

    believed = ipaddress.ip_address(filled(COMPOSE["services"]["web"]["environment"]["FORWARDED_ALLOW_IPS"]))
    proxys = ipaddress.ip_address(filled(COMPOSE["services"]["proxy"]["networks"]["front"]["ipv4_address"]))
    (front,) = COMPOSE["networks"]["front"]["ipam"]["config"]

    assert believed == proxys
    assert proxys in ipaddress.ip_network(filled(front["subnet"]))
    assert proxys not in ipaddress.ip_network(filled(front["ip_range"])), "another could be given it first"


def test_the_shipped_proxy_writes_the_header_anew_as_it_does_by_itself() -> None:
    """With `trusted_proxies` it would keep what a client wrote."""
    assert "trusted_proxies" not in (FOLDER / "Caddyfile").read_text(encoding="utf-8")
