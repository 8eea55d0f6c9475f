"""The daily job on Spark: every public table, and its publication, is DuckDB's, row by row."""

import json
import shutil
from dataclasses import replace

import duckdb
import pytest

from orchestration.publication.places import database_of, listing_of
from tests.spark.company import differences, public_tables

pytestmark = pytest.mark.spark
pytest.importorskip("pyspark", reason="pyspark is not installed; make test-spark installs it")


def test_every_public_table_is_equal_row_by_row(built_eve):
    tables = public_tables(built_eve.on_duckdb)
    assert len(tables) > 100
    assert not differences(built_eve.on_duckdb, built_eve.on_spark, tables)


def test_a_planted_difference_is_found(built_eve, tmp_path):
    spoilt = tmp_path / "spoilt.duckdb"
    shutil.copy(built_eve.on_spark.warehouse, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(
            "update marts.fct_account_daily set active_user_count_28d = active_user_count_28d + 1 "
            "where account_id = (select min(account_id) from marts.fct_account_daily) "
            "and activity_date = (select max(activity_date) from marts.fct_account_daily)"
        )
    tables = public_tables(built_eve.on_duckdb)
    found = differences(built_eve.on_duckdb, replace(built_eve.on_spark, warehouse=spoilt), tables)
    assert set(found) == {"marts.fct_account_daily"}
    assert found["marts.fct_account_daily"].only_here == 1


def test_a_later_day_replaces_what_can_have_changed_and_is_equal_row_by_row(built_eve, built_later):
    tables = public_tables(built_later.on_duckdb)
    # The day is another one, and on Spark, too.
    assert "marts.fct_account_daily" in differences(
        built_eve.on_spark, built_later.on_spark, ["marts.fct_account_daily"]
    )
    assert not differences(built_later.on_duckdb, built_later.on_spark, tables)


@pytest.mark.parametrize("day", ["built_eve", "built_later"])
def test_the_publication_made_of_it_is_the_same(day, request):
    engines = request.getfixturevalue(day)
    said = [_listing(one) for one in (engines.on_duckdb, engines.on_spark)]
    assert said[0] == said[1]
    assert len(said[0]["tables"]) > 100
    copies = [
        replace(one, warehouse=database_of(one)) for one in (engines.on_duckdb, engines.on_spark)
    ]
    assert not differences(*copies, said[0]["tables"])
    assert _files(engines.on_duckdb) == _files(engines.on_spark)


def _listing(settings):
    listing = json.loads(listing_of(settings).read_text())
    # Each run has an identifier of its own.
    return {name: value for name, value in listing.items() if name != "run_id"}


def _files(settings):
    parquet = settings.published / "parquet"
    return {
        str(path.relative_to(parquet)): duckdb.execute(
            f"select count(*) from read_parquet('{path}')"
        ).fetchall()[0][0]
        for path in parquet.rglob("*.parquet")
    }
