"""A standalone cluster of a master and two workers builds what this process would have built.

The test starts and stops it on this machine. A worker that dies takes its part of the work with
it, which the other does again; one that sees another folder is told before anything is built.
"""

import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.spark.days import FIRST, builder_of_days, days, project_of_days

pytestmark = pytest.mark.cluster
pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")

MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
MEMORY = "700m"


def free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Cluster:
    """A master and its workers, each a process group that is ended with its executors."""

    def __init__(self, folder):
        self.folder, self.port, self.groups = folder, free_port(), []
        self.address = f"spark://127.0.0.1:{self.port}"
        self.master = self.started(
            MASTER, "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", "0"
        )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.5)
        raise AssertionError("The master did not answer within two minutes.")

    def worker(self, *before):
        return self.started(
            WORKER, "--host", "127.0.0.1", "--cores", "1", "--memory", MEMORY, "--webui-port",
            "0", "--work-dir", str(self.folder / "work"), self.address, before=before,
        )  # fmt: skip

    def started(self, *command, before=()):
        home = Path(pyspark.__file__).parent
        environment = os.environ | {
            "SPARK_HOME": str(home), "SPARK_DAEMON_MEMORY": "256m", "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(self.folder / "local"),
        }  # fmt: skip
        process = subprocess.Popen(
            [*before, str(home / "bin" / "spark-class"), *command],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        self.groups.append(process)
        return process

    def killed(self, process):
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.groups.remove(process)

    def stop(self):
        for process in [*self.groups]:
            self.killed(process)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def building(cluster, tmp_path_factory):
    from pyspark.sql import SparkSession

    # Session and Java process are one each to a process: what another module left is ended.
    if session := SparkSession.getActiveSession():
        session.stop()
    cluster.two = [cluster.worker(), cluster.worker()]
    folder = tmp_path_factory.mktemp("days")
    yield builder_of_days(project_of_days(folder, spark_master=cluster.address), MEMORY)
    if session := SparkSession.getActiveSession():
        session.stop()


def test_a_cluster_builds_and_replaces_days_as_this_process_does(building):
    assert days(building(FIRST)) == FIRST
    kept = [FIRST[0], FIRST[3]]
    later = FIRST[1][0]
    assert days(building(kept, later)) == kept


def test_a_worker_that_is_lost_in_the_middle_of_a_build_changes_nothing(cluster, building):
    from pyspark.sql import SparkSession

    from orchestration.spark.cluster import executor_count

    session = SparkSession.getActiveSession()
    until = time.monotonic() + 120
    while executor_count(session) < 2 and time.monotonic() < until:
        time.sleep(0.2)
    assert executor_count(session) == 2
    many = [(f"2026-{month:02}-{day:02}", day) for month in (1, 2, 3) for day in range(1, 29)]
    lost = threading.Timer(1.0, cluster.killed, [cluster.two[0]])
    lost.start()
    try:
        assert days(building(many)) == many
        lost.join()
        # And so does the next one, by the worker that is left.
        assert days(building(FIRST)) == FIRST
    finally:
        lost.cancel()
