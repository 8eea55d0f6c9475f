import json
from dataclasses import replace

import duckdb
import pytest

from orchestration import publication
from orchestration.manifest import prepare_manifest
from orchestration.publication import database_of, publish, relations
from tests.orchestration.part_of_a_run import fingerprints


@pytest.fixture
def copied_relations(copied):
    # The reports are small, and the marts are published no differently.
    found = relations(prepare_manifest(copied))
    return [relation for relation in found if relation.schema == "reports"]


def schemas(connection):
    query = "select distinct schema_name from duckdb_tables() where not internal"
    return {name for (name,) in connection.execute(query).fetchall()}


def test_it_holds_marts_and_reports_and_nothing_below_them(built):
    with duckdb.connect(str(database_of(built.settings)), read_only=True) as connection:
        assert schemas(connection) == {"marts", "reports"}
        assert connection.execute(
            "select count(*) from duckdb_views() where not internal"
        ).fetchone() == (0,)


def test_no_address_of_a_person_is_in_it(built):
    for path in sorted(built.settings.published.rglob("*.*")):
        if path.is_file():
            assert b"@kepler-logistics.example" not in path.read_bytes(), path


def test_its_tables_are_those_of_the_warehouse_row_for_row(built, warehouse_reading):
    listing = json.loads((built.settings.published / "manifest.json").read_text())
    with warehouse_reading() as connection:
        connection.execute(f"attach '{database_of(built.settings)}' as published (read_only)")
        for table, facts in listing["tables"].items():
            difference = connection.execute(
                f"select count(*) from (from {table} except all from published.{table})"
            ).fetchone()[0]
            rows = connection.execute(f"select count(*) from published.{table}").fetchone()[0]
            assert (table, difference, rows) == (table, 0, facts["rows"])
        connection.execute("detach published")


def test_parquet_holds_the_same_rows(built):
    listing = json.loads((built.settings.published / "manifest.json").read_text())
    for table, facts in listing["tables"].items():
        path = built.settings.published / "parquet" / f"{table.replace('.', '/')}.parquet"
        count = duckdb.execute(f"select count(*) from '{path}'").fetchone()[0]
        assert (table, count) == (table, facts["rows"])


def test_every_table_and_column_is_described_in_the_database(built):
    with duckdb.connect(str(database_of(built.settings)), read_only=True) as connection:
        bare = connection.execute(
            "select table_name, column_name from duckdb_columns() "
            "where not internal and coalesce(comment, '') = '' "
            "union all select table_name, null from duckdb_tables() "
            "where not internal and coalesce(comment, '') = ''"
        ).fetchall()
    assert bare == []


def test_a_reader_keeps_the_old_one_and_the_next_reader_sees_the_new_one(copied, copied_relations):
    reader = duckdb.connect(str(database_of(copied)), read_only=True)
    query = "select count(*) from reports.rpt_accounts"
    before = reader.execute(query).fetchone()[0]
    with duckdb.connect(str(copied.warehouse)) as connection:
        connection.execute("delete from reports.rpt_accounts where mrr < 500")
    publish(copied, copied_relations)
    assert reader.execute(query).fetchone()[0] == before
    reader.close()
    with duckdb.connect(str(database_of(copied)), read_only=True) as next_reader:
        assert next_reader.execute(query).fetchone()[0] < before


def test_a_publication_that_fails_leaves_the_last_one_as_it_was(copied, copied_relations):
    before = fingerprints(copied.published)
    missing = replace(copied_relations[-1], name="rpt_not_there")
    with pytest.raises(duckdb.CatalogException):
        publish(copied, [*copied_relations, missing])
    assert fingerprints(copied.published) == before


def test_what_a_killed_publication_left_behind_is_cleared_away(copied, copied_relations):
    left = copied.published / ".customer_health.duckdb.unfinished"
    left.write_bytes(b"half a file")
    publish(copied, copied_relations)
    assert not left.exists()


def test_a_table_that_is_no_longer_there_is_no_longer_published(copied, copied_relations):
    publish(copied, copied_relations[:5])
    files = sorted((copied.published / "parquet").rglob("*.parquet"))
    assert len(files) == 5


def test_the_same_warehouse_gives_the_same_listing_and_parquet(copied, copied_relations):
    publish(copied, copied_relations)
    first = fingerprints(copied.published)
    publish(copied, copied_relations)
    second = fingerprints(copied.published)
    different = {name for name in first if first[name] != second[name]}
    assert different <= {publication.database_of(copied).name}


def test_every_declared_export_is_its_report_written_out_unchanged(built):
    folder = built.settings.reports / "2026-10-31" / "exports"
    written = sorted(path for path in folder.iterdir())
    assert {path.suffix for path in written} == {".csv", ".parquet"}
    with duckdb.connect(str(database_of(built.settings)), read_only=True) as connection:
        for path in written:
            rows = connection.execute(f"select count(*) from '{path}'").fetchone()
            table = connection.execute(f"select count(*) from reports.{path.stem}").fetchone()
            assert (path.name, rows) == (path.name, table)
