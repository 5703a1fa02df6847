"""A mail server small enough to read: takes messages on this machine, or refuses them. Speaks RFC 5321."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Post:
    """What arrived, by whom it was for. Who is in `unknown` gets none."""

    port: int = 0
    delivered: list[tuple[str, EmailMessage]] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    @property
    def to(self) -> list[str]:
        """The addresses, in the order of the messages."""
        return [to for to, _ in self.delivered]


class _Talk(socketserver.StreamRequestHandler):
    post: Post

    def handle(self) -> None:
        self._say("220 here")
        to = ""
        while line := self.rfile.readline().strip().decode():
            match line.split()[0].upper():
                case "RCPT":
                    to = line[line.index("<") + 1 : line.index(">")]
                    self._say("550 nobody of that name" if to in self.post.unknown else "250 fine")
                case "DATA":
                    self._say("354 go on")
                    self.post.delivered.append((to, self._message()))
                    self._say("250 taken")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 fine")

    def _message(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        found = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def open_post(post: Post) -> Iterator[Post]:
    """Let it take messages; the second time at the same port, as a server that comes back."""
    talk = type("Talk", (_Talk,), {"post": post})
    with _Server(("127.0.0.1", post.port), talk) as server:
        post.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield post
        finally:
            server.shutdown()
            thread.join()
