"""What the reports' server shows to this machine, and what to nobody."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest

from orchestration.commands.serve import ReportHandler, main
from orchestration.settings.environment import ROOT

SECRET = "nobody may see this"


@pytest.fixture
def reports(tmp_path):
    day = tmp_path / "reports" / "2026-10-31"
    (day / "accounts").mkdir(parents=True)
    (day / "push").mkdir()
    (day / "dashboard").mkdir()
    (tmp_path / "reports" / "latest.html").write_text("the latest report")
    (day / "report.html").write_text("the report")
    (day / "dashboard" / "index.html").write_text("the dashboard")
    (day / "accounts" / "a%2Fb.html").write_text("the account")
    for path in (
        *(day / "push" / "hubspot.csv", day / ".report.html.unfinished", day / "key.pem"),
        *(tmp_path / "outside.html", tmp_path / "reports" / ".env"),
    ):
        path.write_text(SECRET)
    (day / "out.html").symlink_to(tmp_path / "outside.html")
    (day / "up").symlink_to(tmp_path)
    return tmp_path / "reports"


@pytest.fixture
def port(reports):
    handler = partial(ReportHandler, directory=str(reports))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def ask(port, path, method="GET", host=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, answer.headers


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/latest.html", "the latest report"),
        ("/2026-10-31/report.html?week=1", "the report"),
        ("/2026-10-31/dashboard/index.html", "the dashboard"),
        ("/2026-10-31/accounts/a%252Fb.html", "the account"),
    ],
)
def test_a_page_is_shown_as_it_is(port, path, text):
    status, body, headers = ask(port, path)
    assert (status, body) == (200, text)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert ask(port, path, "HEAD")[:2] == (200, "")


@pytest.mark.parametrize(
    ("path", "place"),
    [("/", "/latest.html"), ("/2026-10-31/dashboard", "/2026-10-31/dashboard/index.html")],
)
def test_a_folder_with_a_first_page_leads_to_it(port, path, place):
    status, _, headers = ask(port, path)
    assert (status, headers["Location"]) == (302, place)


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.html", "/%2e%2e/outside.html", "/2026-10-31/..%2f..%2f..%2foutside.html",
        "/2026-10-31/%2e%2e%5c%2e%2e%5coutside.html", "//etc/passwd", "/2026-10-31/out.html",
        "/2026-10-31/up/outside.html", "/.env", "/2026-10-31/.report.html.unfinished",
        "/2026-10-31/push/hubspot.csv", "/2026-10-31/%70ush/hubspot.csv", "/2026-10-31/key.pem",
        "/2026-10-31/", "/2026-10-31", "/2026-10-31/accounts/", "/%00", "/%ff%fe", "/x" * 4000,
        "/2026-10-31/report.html%00.png", "/2026-10-31/push",
    ],
)  # fmt: skip
def test_nothing_else_is_shown_and_no_folder_is_listed(port, path):
    status, body, _ = ask(port, path)
    assert status in (404, 414)
    assert SECRET not in body
    assert "hubspot" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(port, method):
    assert ask(port, "/latest.html", method)[0] == 501


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "LOCALHOST:80", "localhost:8080", "[::1]", "[::1]:80"]
)
def test_it_answers_by_its_own_names_with_and_without_a_port(port, host):
    # A browser leaves out port 80.
    assert ask(port, "/latest.html", host=host)[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:80", "127.0.0.1.evil.example:8080", "[::1", "[::2]:80", ":80",
        "localhost.evil.example", "evil.example#localhost",
    ],
)  # fmt: skip
def test_a_page_of_somebody_else_cannot_ask_by_a_name_of_its_own(port, host):
    assert ask(port, "/latest.html", host=host)[0] == 421


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_it_is_asked_to_and_listens_to_this_machine_alone(reports, end):
    server = subprocess.Popen(
        [sys.executable, "-m", "orchestration.commands.serve", "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "REPORTS": str(reports)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = server.stdout.readline()
        assert said.startswith("Reports: http://127.0.0.1:")
        port = int(said.split(":")[3].split("/")[0])
        assert ask(port, "/latest.html")[0] == 200
        # An open connection that asks nothing holds nothing up.
        with socket.create_connection(("127.0.0.1", port)):
            server.send_signal(end)
            assert server.wait(20) == 0
    finally:
        server.kill()
        server.stdout.close()


def test_without_a_report_or_with_a_port_that_is_taken_it_says_what_to_do(
    tmp_path, port, reports, monkeypatch, capsys
):
    monkeypatch.setenv("REPORTS", str(tmp_path / "nothing"))
    assert main([]) == 1
    assert "Run make report" in capsys.readouterr().err
    monkeypatch.setenv("REPORTS", str(reports))
    assert main(["--port", str(port)]) == 1
    assert f"Port {port} cannot be used" in capsys.readouterr().err
