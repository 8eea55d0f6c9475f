"""Every public table that Spark builds is DuckDB's, row by row."""

import shutil
from dataclasses import replace

import duckdb
import pytest

from orchestration.dbt_runner.manifest import prepare_manifest
from tests.spark.company import build_on_duckdb, build_on_spark, differences, land_few

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
