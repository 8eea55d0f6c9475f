"""A mail server and a chat system of this machine, as strict as real ones."""

import json
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER, PASSWORD = "health", "correct horse"


@dataclass
class Mailbox:
    """What a mail server took, and what it is to answer.

    Attributes:
        letters: that were taken, with their recipients.
        answers: to letters, in their order; those after them are taken.
        refused: recipients by the answer that they get.
    """

    letters: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    port: int = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Take a recipient or refuse one."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Take a letter, or answer as told."""
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            letter = message_from_bytes(envelope.content, policy=policy.default)
            self.letters.append((list(envelope.rcpt_tos), letter))
        return answer

    @property
    def identifiers(self) -> list[str]:
        """Return the Message-ID of each letter."""
        return [letter["Message-ID"] for _, letter in self.letters]


@contextmanager
def mail_server(certificate: Path | None = None, asks: bool = False) -> Iterator[Mailbox]:
    """Run a mail server: with STARTTLS where it has a certificate, and AUTH where it asks."""
    box = Mailbox()

    def check(server, session, envelope, mechanism, data):
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=known, handled=known)

    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")

    class Strict(Controller):
        def factory(self):
            return SMTP(
                self.handler,
                hostname="localhost",
                tls_context=context,
                require_starttls=bool(context),
                auth_required=asks,
                auth_require_tls=bool(context),
                authenticator=check if asks else None,
            )

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    controller = Strict(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def certificate_in(folder: Path) -> Path:
    """Make a certificate for localhost, and return the folder in which it lies."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@dataclass
class Room:
    """What a chat system took, and what it is to answer.

    Attributes:
        posts: identifier and body of each post that was taken; the same identifier is taken once.
        answers: status and headers, in their order; those after them are 200.
        drip_seconds: for how long an answer goes on, a byte at a time.
    """

    posts: list[tuple[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: int = 0
    drip_seconds: float = 0
    silent_seconds: float = 0
    url: str = ""

    def take(self, identifier: str, body: Any) -> None:
        """Take a post, unless it was taken before."""
        if identifier not in [taken for taken, _ in self.posts]:
            self.posts.append((identifier, body))


@contextmanager
def chat_system() -> Iterator[Room]:
    """Run a chat system."""
    room = Room()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            room.asked += 1
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(room.silent_seconds)
            status, headers = room.answers.pop(0) if room.answers else (200, {})
            if status == 200:
                room.take(self.headers["Idempotency-Key"], body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "100" if room.drip_seconds else "2")
            self.end_headers()
            ends = time.monotonic() + room.drip_seconds
            while time.monotonic() < ends:
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
            if not room.drip_seconds:
                self.wfile.write(b"ok")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    room.url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield room
    finally:
        server.shutdown()
        server.server_close()
