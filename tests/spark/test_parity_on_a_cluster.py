"""The daily job built by the two workers of a cluster: every public table is DuckDB's."""

from dataclasses import replace

import pytest

from tests.spark.company import AS_OF, differences, landed_twice, public_tables, run_day

pytestmark = pytest.mark.cluster
pytest.importorskip("pyspark", reason="pyspark is not installed; make test-spark installs it")


@pytest.fixture
def cluster(tmp_path):
    from pyspark.sql import SparkSession

    from tests.spark.cluster import Cluster

    # Session and Java process are one each to a process: what another module left is ended.
    if session := SparkSession.getActiveSession():
        session.stop()
    started = Cluster(tmp_path, "2g")
    try:
        started.worker()
        started.worker()
        yield started
    finally:
        if session := SparkSession.getActiveSession():
            session.stop()
        started.stop()


def test_a_day_built_by_two_workers_is_equal_row_by_row(cluster, tmp_path):
    from pyspark.sql import SparkSession

    from orchestration.spark.cluster import executor_count

    on_duckdb, on_spark = landed_twice(tmp_path / "company")
    built = [
        run_day(one, AS_OF) for one in (on_duckdb, replace(on_spark, spark_master=cluster.address))
    ]
    assert executor_count(SparkSession.getActiveSession()) == 2
    tables = public_tables(on_duckdb)
    assert len(tables) > 100
    assert not differences(*built, tables)
