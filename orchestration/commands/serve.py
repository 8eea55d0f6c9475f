"""The serve command, ``python -m orchestration.commands.serve``: reports under an address.

It shows the folder of the reports to this machine alone, read-only. What is not here: the pages,
which open from their files just as well.
"""

import signal
import sys
from argparse import ArgumentParser
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

from orchestration.crm.files import FOLDER as PUSHED
from orchestration.settings.environment import Settings, SettingsError

HOST = "127.0.0.1"
PORT = 8080
# By another name this machine is asked by a page of somebody else's.
HOSTS = {HOST, "localhost", "::1"}
LATEST = "latest.html"
# Values for customer systems and unsent messages are for whoever runs them; a dot, for nobody.
PRIVATE = {PUSHED, "outbox", "runs"}
SHOWN = {
    **{".html": "text/html; charset=utf-8", ".json": "application/json", ".svg": "image/svg+xml"},
    **{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"},
    **{".csv": "text/csv; charset=utf-8", ".pdf": "application/pdf", ".png": "image/png"},
    **{".jsonl": "application/x-ndjson", ".parquet": "application/vnd.apache.parquet"},
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ReportHandler(SimpleHTTPRequestHandler):
    """Answers requests for files of one folder; lists none of its folders."""

    server_version = "reports"
    sys_version = ""
    timeout = 30

    def send_head(self) -> BufferedReader | None:
        """Answer with the head of a file; return it open, None where there is none to show."""
        if name_of_host(self.headers.get("Host", "")) not in HOSTS:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "Asked by another name")
            return None
        asked = unquote(urlsplit(self.path).path)
        if asked == "/":
            return self._led_to(f"/{LATEST}")
        path = shown_file(Path(self.directory), asked)
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        if path.is_dir():
            return self._led_to(asked.rstrip("/") + "/index.html")
        try:
            file = path.open("rb")
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", SHOWN[path.suffix])
        self.send_header("Content-Length", str(path.stat().st_size))
        self.end_headers()
        return file

    def end_headers(self) -> None:
        """End the head with what keeps a page from being more than it is."""
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: addresses of pages name accounts."""

    def _led_to(self, address: str) -> None:
        # Such an address would be that of another machine.
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", "/" + address.lstrip("/\\"))
        self.send_header("Content-Length", "0")
        self.end_headers()


def name_of_host(said: str) -> str | None:
    """Return the name in a ``Host`` header, which may have a port; None where it has none."""
    try:
        return urlsplit(f"//{said}").hostname
    except ValueError:
        return None


def shown_file(folder: Path, asked: str) -> Path | None:
    """Return the file or folder of an address; None where it is not to be shown.

    Args:
        folder: of the reports.
        asked: path of the address, decoded.
    """
    parts = [part for part in asked.split("/") if part]
    if any(part.startswith(".") or part in PRIVATE or not part.isprintable() for part in parts):
        return None
    if "\\" in asked:
        return None
    root = folder.resolve()
    try:
        path = root.joinpath(*parts).resolve()
        if not path.is_relative_to(root):
            return None
        if path.is_dir():
            return path if (path / "index.html").is_file() else None
        return path if path.is_file() and path.suffix in SHOWN else None
    except (OSError, ValueError):
        return None


def main(arguments: list[str]) -> int:
    """Serve until somebody ends it; return 0, or 1 where it cannot be served."""
    parser = ArgumentParser(prog="make serve", description="Show the reports to this machine.")
    parser.add_argument("--port", type=int, default=PORT)
    port = parser.parse_args(arguments).port
    try:
        folder = Settings.from_environment().reports
        if not folder.is_dir():
            raise SettingsError(f"{folder} holds no report yet. Run make report, which writes one.")
        server = ThreadingHTTPServer((HOST, port), partial(ReportHandler, directory=str(folder)))
    except (SettingsError, OSError, OverflowError) as error:
        why = f"Port {port} cannot be used: {error}. Try make serve PORT=8081."
        print(error if isinstance(error, SettingsError) else why, file=sys.stderr)
        return 1
    server.daemon_threads = True
    for end in (signal.SIGTERM, signal.SIGINT):
        # It waits for the loop that this interrupts, so it is asked from beside.
        signal.signal(end, lambda *_: Thread(target=server.shutdown).start())
    print(
        f"Reports: http://{HOST}:{server.server_port}/ (of {folder}). Ctrl-C ends it.", flush=True
    )
    with server:
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
