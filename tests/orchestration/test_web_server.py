import json
import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from orchestration.settings import ROOT
from tests.orchestration.test_run import environment

STARTS_WITHIN = 120
RUNS_WITHIN = 400

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


@pytest.fixture
def server(copied):
    """Start the UI command on the copied warehouse; give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = copied.warehouse.parent / "ui.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.ui", "--port", str(port)],
            cwd=ROOT,
            env=environment(copied),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until(lambda: answers(port), STARTS_WITHIN, log)
            yield port
        finally:
            # As a terminal does: to the web server and the daemon, too.
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


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


def test_the_web_server_shows_the_assets_and_runs_the_daily_job(server, copied):
    nodes = ask(server, "{ assetNodes { assetKey { path } groupName } }")["assetNodes"]
    groups = {node["groupName"] for node in nodes}
    assert {"landing", "raw", "staging", "marts", "reports", "delivery"} <= groups
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
