"""A standalone cluster of a master and two workers builds what this process would have built.

The test starts and stops it on this machine. A worker that dies takes its part of the work with
it, which the other does again; one that sees another folder is told before anything is built.
"""

import threading
import time

import pytest

from tests.spark.days import FIRST, builder_of_days, days, project_of_days

pytestmark = pytest.mark.cluster
pytest.importorskip("pyspark", reason="pyspark is not installed; make test-spark installs it")

MEMORY = "700m"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    from tests.spark.cluster import Cluster

    started = Cluster(tmp_path_factory.mktemp("cluster"), MEMORY)
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
