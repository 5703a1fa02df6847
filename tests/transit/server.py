"""The engine behind HTTP: tokens with policies and an end, a seal, a namespace, a mount."""

import json
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

from tests.transit.engine import Answer, Engine, Refusal

# What deploy/RUNBOOK.md gives to Attune: it may use the key, and neither make nor read nor change one.
ATTUNE_POLICY = {
    "transit/encrypt/attune": "update",
    "transit/decrypt/attune": "update",
    "transit/rewrap/attune": "update",
}
ROUTE = re.compile(r"/v1/(?P<mount>[\w-]+)/(?P<act>[a-z]+)/(?P<name>[\w-]+)(?:/(?P<more>[\w-]+))?")
DENIED = "1 error occurred:\n\t* permission denied\n\n"


@dataclass
class Token:
    """Who may do what, and until when. A root token has no policy and may do everything."""

    policy: Mapping[str, str] | None
    namespace: str = ""
    ends_at: float = float("inf")

    def permits(self, path: str, capability: str) -> bool:
        return self.policy is None or capability in self.policy.get(path, "").split()


@dataclass
class TransitServer:
    """A running server, and the levers its administrator would have."""

    url: str = ""
    namespace: str = ""
    engine: Engine = field(default_factory=Engine)
    tokens: dict[str, Token] = field(default_factory=dict)
    sealed: bool = False
    standby_of: str = ""
    delay_s: float = 0.0
    busy: bool = False
    calls: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)

    def issue_token(
        self, policy: Mapping[str, str] | None = ATTUNE_POLICY, *, lives_s: float = float("inf")
    ) -> str:
        token = f"hvs.{secrets.token_urlsafe(24)}"
        self.tokens[token] = Token(policy, self.namespace, time.monotonic() + lives_s)
        return token

    def answer(self, method: str, path: str, headers: Mapping[str, str], body: Answer) -> Answer:
        if self.sealed:
            raise Refusal(503, "Vault is sealed")
        if self.busy:
            raise Refusal(429, 'request path "transit/": rate limit quota exceeded')
        route = ROUTE.fullmatch(path)
        if route is None:
            raise Refusal(404)
        self._require(headers, route, method)
        if route["mount"] != "transit":
            where = path.removeprefix("/v1/")
            raise Refusal(404, f'no handler for route "{where}". route entry not found.')
        with self.engine.lock:
            return self._act(route, method, headers, body)

    def _require(self, headers: Mapping[str, str], route: re.Match[str], method: str) -> None:
        token = self.tokens.get(headers.get("X-Vault-Token", ""))
        if token is None or time.monotonic() > token.ends_at:
            raise Refusal(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n")
        if headers.get("X-Vault-Namespace", "").strip("/") != token.namespace:
            raise Refusal(403, DENIED)
        path = route[0].removeprefix("/v1/")
        if not token.permits(path, self._capability(route, method)):
            raise Refusal(403, DENIED)

    def _capability(self, route: re.Match[str], method: str) -> str:
        if method == "GET":
            return "read"
        unknown = route["act"] == "encrypt" and route["name"] not in self.engine.keys
        return "create" if unknown else "update"

    def _act(self, route: re.Match[str], method: str, headers: Mapping[str, str], body: Answer) -> Answer:
        engine, name = self.engine, route["name"]
        match route["act"], route["more"], method:
            case "encrypt", None, "POST" | "PUT":
                return engine.encrypt(name, body, may_create=True)  # the capability was asked for before
            case "decrypt", None, "POST" | "PUT":
                return engine.decrypt(name, body)
            case "rewrap", None, "POST" | "PUT":
                return engine.rewrap(name, body)
            case "datakey", str(kind), "POST" | "PUT":
                return engine.data_key(kind, plaintext=name == "plaintext")
            case "keys", None, "GET":
                return engine.read(name)
            case "keys", None, "POST" | "PUT":
                engine.create(name)
            case "keys", "rotate", "POST" | "PUT":
                engine.rotate(name)
            case "keys", "config", "POST" | "PUT":
                engine.configure(name, body)
            case "keys", None, "DELETE":
                engine.delete(name)
            case _:
                raise Refusal(405, "unsupported operation")
        return {}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # head and body in one packet, or else the other side waits for the second
    house: ClassVar[TransitServer]

    def _serve(self) -> None:
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.house.calls.append(f"{self.command} {self.path}")
        self.house.bodies.append(text)
        time.sleep(self.house.delay_s)
        if self.house.standby_of:
            return self._send(307, {}, {"Location": self.house.standby_of + self.path})
        try:
            data = self.house.answer(self.command, self.path, dict(self.headers), json.loads(text or "{}"))
            return self._send(200, {"request_id": secrets.token_hex(8), "data": data})
        except Refusal as refusal:
            whole = {"request_id": secrets.token_hex(8), "data": refusal.data}
            return self._send(refusal.status, whole if refusal.data else {"errors": list(refusal.errors)})

    def _send(self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - the library's names

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def running_transit(*, namespace: str = "") -> Iterator[TransitServer]:
    """A server on a free loopback port, with the key `attune` in its engine."""
    house = TransitServer(namespace=namespace)
    house.engine.create("attune")
    handler = type("Handler", (_Handler,), {"house": house})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        house.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield house
        finally:
            server.shutdown()
            thread.join()
