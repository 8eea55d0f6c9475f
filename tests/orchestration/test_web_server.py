import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from orchestration.settings.environment import ROOT
from tests.conftest import settings_in
from tests.orchestration.test_run import environment

pytestmark = [pytest.mark.slow, pytest.mark.exhaustive]

STARTS_WITHIN = 120
RUNS_WITHIN = 400
ENDS_WITHIN = 90

REPOSITORY = {
    "repositoryLocationName": "orchestration.definitions",
    "repositoryName": "__repository__",
}


def ask(port, query, **variables):
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = Request(
        f"http://127.0.0.1:{port}/graphql", body, {"Content-Type": "application/json"}
    )
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)["data"]


@contextmanager
def serving(settings):
    """Start the UI command as a script does in the background; give its port, process and log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = settings.warehouse.parent / "ui.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.commands.ui", "--port", str(port)],
            cwd=ROOT,
            env=environment(settings),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # As a script does to what it starts in the background.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        )
        try:
            wait_until(lambda: answers(port), STARTS_WITHIN, log)
            yield port, process, log
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(port):
    try:
        return "version" in ask(port, "{ version }")
    except (URLError, ConnectionError, TimeoutError):
        return False


def wait_until(condition, seconds, log):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, log.read_text()[-4000:]
        time.sleep(1)


def is_anybody_left(session):
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def server(copied):
    with serving(copied) as (port, _, _):
        yield port


def test_the_web_server_shows_the_assets_and_runs_the_daily_job(server, copied):
    nodes = ask(server, "{ assetNodes { assetKey { path } groupName } }")["assetNodes"]
    groups = {node["groupName"] for node in nodes}
    assert {"landing", "raw", "seeds", "activity", "health", "reports", "delivery"} <= groups
    launched = ask(
        server,
        """
        mutation ($selector: JobOrPipelineSelector!) {
            launchRun(executionParams: {selector: $selector}) {
                __typename
                ... on LaunchRunSuccess { run { runId } }
                ... on PythonError { message }
            }
        }
        """,
        selector={**REPOSITORY, "jobName": "daily"},
    )["launchRun"]
    assert launched["__typename"] == "LaunchRunSuccess", launched

    def status():
        query = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
        return ask(server, query, id=launched["run"]["runId"])["runOrError"]["status"]

    finished = {"SUCCESS", "FAILURE", "CANCELED"}
    wait_until(lambda: status() in finished, RUNS_WITHIN, copied.warehouse.parent / "ui.log")
    assert status() == "SUCCESS"
    assert (copied.reports / "2026-10-31" / "report.html").exists()


def test_the_web_server_ends_when_it_is_told_to_and_leaves_nobody_behind(tmp_path):
    with serving(settings_in(tmp_path, tmp_path / "landing")) as (_, process, log):
        process.terminate()
        assert process.wait(timeout=ENDS_WITHIN) == 0
        # The processes with our code end by themselves once nobody asks whether they live.
        wait_until(lambda: not is_anybody_left(process.pid), ENDS_WITHIN, log)
        assert "is superseded" not in log.read_text()
