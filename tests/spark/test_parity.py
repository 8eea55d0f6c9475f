"""Every public table that Spark builds is DuckDB's, row by row."""

import shutil
from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest

from orchestration.dbt_runner.manifest import prepare_manifest
from tests.spark.company import (
    AS_OF,
    build_later_day_on_spark,
    build_on_duckdb,
    build_on_spark,
    differences,
    land_few,
)

pytestmark = pytest.mark.spark
pytest.importorskip("pyspark", reason="pyspark is not installed; make test-spark installs it")


@pytest.fixture(scope="module")
def engines(tmp_path_factory):
    folder = tmp_path_factory.mktemp("engines")
    on_duckdb = build_on_duckdb(folder / "duckdb", land_few(folder), ["*"])
    return on_duckdb, build_on_spark(on_duckdb, folder / "spark", ["*"])


@pytest.fixture(scope="module")
def public_tables(engines):
    nodes = prepare_manifest(engines[0])["nodes"].values()
    return [
        f"{node['schema']}.{node['name']}"
        for node in nodes
        if node["resource_type"] == "model" and node["access"] == "public"
    ]


def test_every_public_table_is_equal_row_by_row(engines, public_tables):
    assert len(public_tables) > 100
    assert not differences(*engines, public_tables)


def test_a_planted_difference_is_found(engines, public_tables, tmp_path):
    on_duckdb, on_spark = engines
    spoilt = tmp_path / "spoilt.duckdb"
    shutil.copy(on_spark.warehouse, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(
            "update marts.fct_account_daily set active_user_count_28d = active_user_count_28d + 1 "
            "where account_id = (select min(account_id) from marts.fct_account_daily) "
            "and activity_date = (select max(activity_date) from marts.fct_account_daily)"
        )
    found = differences(on_duckdb, replace(on_spark, warehouse=spoilt), public_tables)
    assert set(found) == {"marts.fct_account_daily"}
    assert (found["marts.fct_account_daily"].only_here, len(found)) == (1, 1)


# They keep their days, and the sessions those that were open when a day began.
OF_DAYS = (
    "fct_sessions", "fct_errors_in_sessions", "fct_feature_usage_daily", "fct_subscriptions_daily",
)  # fmt: skip


def test_a_later_day_replaces_what_can_have_changed_and_is_equal_row_by_row(tmp_path):
    landing, tables = land_few(tmp_path), [f"marts.{model}" for model in OF_DAYS]
    eve = AS_OF - timedelta(days=1)
    on_duckdb = build_on_duckdb(tmp_path / "duckdb", landing, OF_DAYS, eve)
    on_spark = build_on_spark(on_duckdb, tmp_path / "spark", OF_DAYS)
    assert not differences(on_duckdb, on_spark, tables)
    build_on_duckdb(tmp_path / "duckdb", landing, OF_DAYS, AS_OF)
    # Until Spark has built it, the day is missing there.
    assert "marts.fct_subscriptions_daily" in differences(on_duckdb, on_spark, tables)
    build_later_day_on_spark(on_duckdb, on_spark, OF_DAYS)
    assert not differences(on_duckdb, on_spark, tables)
