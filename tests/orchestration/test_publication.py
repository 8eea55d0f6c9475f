import json
import os
from dataclasses import replace

import duckdb
import pytest

from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.publication.database import PublicationError
from orchestration.publication.places import current_of, database_of, page_database_of
from orchestration.publication.publish import publish
from orchestration.publication.relations import relations
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
        files = built.settings.published / "parquet" / table.replace(".", "/") / "*.parquet"
        count = duckdb.execute(f"select count(*) from '{files}'").fetchone()[0]
        assert (table, count) == (table, facts["rows"])


def test_what_is_copied_from_nothing_lies_in_the_order_that_its_yaml_says(built):
    ordered = [one for one in relations(prepare_manifest(built.settings)) if one.sorted_by]
    assert len(ordered) > 5
    with duckdb.connect(str(database_of(built.settings)), read_only=True) as connection:
        for one in ordered:
            row = f"row({', '.join(one.sorted_by)})"
            back = connection.execute(
                f"select count(*) from (select {row} as here, lag({row}) over (order by rowid) "
                f"as above from {one.table}) where above > here"
            ).fetchone()
            assert (one.table, back) == (one.table, (0,))


def test_every_table_and_column_is_described_in_the_database(built):
    with duckdb.connect(str(database_of(built.settings)), read_only=True) as connection:
        bare = connection.execute(
            "select table_name, column_name from duckdb_columns() "
            "where not internal and coalesce(comment, '') = '' "
            "union all select table_name, null from duckdb_tables() "
            "where not internal and coalesce(comment, '') = ''"
        ).fetchall()
    assert bare == []


def test_every_table_says_first_which_question_it_answers(built):
    with duckdb.connect(str(database_of(built.settings)), read_only=True) as connection:
        comments = connection.execute(
            "select table_name, comment from duckdb_tables() where not internal"
        ).fetchall()
    listing = json.loads((built.settings.published / "manifest.json").read_text())
    said = [(facts["description"]) for facts in listing["tables"].values()]
    assert len(said) == len(comments) > 100
    for text in [*dict(comments).values(), *said]:
        assert "?" in text.split("\n")[0], text


def test_a_reader_keeps_the_old_one_and_the_next_reader_sees_the_new_one(copied, copied_relations):
    reader = duckdb.connect(str(database_of(copied)), read_only=True)
    query = "select count(*) from reports.rpt_accounts"
    before = reader.execute(query).fetchone()[0]
    with duckdb.connect(str(copied.warehouse)) as connection:
        connection.execute("delete from reports.rpt_accounts where mrr < 500")
    publish(copied, copied_relations, "run")
    assert reader.execute(query).fetchone()[0] == before
    reader.close()
    with duckdb.connect(str(database_of(copied)), read_only=True) as next_reader:
        assert next_reader.execute(query).fetchone()[0] < before


def test_a_publication_that_fails_leaves_the_last_one_as_it_was(copied, copied_relations):
    before = fingerprints(copied.published)
    missing = replace(copied_relations[-1], name="rpt_not_there")
    with pytest.raises(duckdb.CatalogException):
        publish(copied, [*copied_relations, missing], "run")
    assert fingerprints(copied.published) == before


def remembered(settings):
    with duckdb.connect(str(settings.warehouse)) as connection:
        return connection.execute("from raw.published_scores order by all").fetchall()


def change(settings, statement):
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(statement)


def test_what_is_published_of_the_newest_day_is_kept_with_the_run_that_said_it(
    copied, copied_relations
):
    change(copied, "delete from raw.published_scores")
    publish(copied, copied_relations, "run-1")
    with duckdb.connect(str(copied.warehouse)) as connection:
        said = connection.execute(
            "select account_id, score_date, model_version_id, band, status, health_score, "
            "confidence, 'run-1' from marts.fct_account_health_daily "
            "where score_date = date '2026-10-31' order by all"
        ).fetchall()
    assert said
    assert remembered(copied) == said


def test_the_run_that_built_the_warehouse_has_left_what_it_said(built, warehouse_reading):
    with warehouse_reading() as connection:
        (runs, days) = connection.execute(
            "select count(distinct run_id), count(distinct score_date) from raw.published_scores"
        ).fetchone()
    assert (runs, days) == (1, 1)


def test_of_a_day_the_first_publication_stays(copied, copied_relations):
    change(copied, "delete from raw.published_scores")
    publish(copied, copied_relations, "run-1")
    first = remembered(copied)
    change(copied, "update marts.fct_account_health_daily set health_score = 1")
    publish(copied, copied_relations, "run-2")
    assert remembered(copied) == first
    change(copied, "update raw.run_parameters set as_of_date = date '2026-10-30'")
    publish(copied, copied_relations, "run-3")
    assert {row[-1] for row in remembered(copied)} == {"run-1", "run-3"}


def test_a_publication_that_fails_says_nothing(copied, copied_relations):
    change(copied, "delete from raw.published_scores")
    missing = replace(copied_relations[-1], name="rpt_not_there")
    with pytest.raises(duckdb.CatalogException):
        publish(copied, [*copied_relations, missing], "run-1")
    assert remembered(copied) == []


def test_what_a_killed_publication_left_behind_is_cleared_away(copied, copied_relations):
    left = copied.published / "publications/.unfinished/customer_health.duckdb"
    left.parent.mkdir()
    left.write_bytes(b"half a file")
    publish(copied, copied_relations, "run")
    assert not left.exists()


def test_a_table_that_is_no_longer_there_is_no_longer_published(copied, copied_relations):
    publish(copied, copied_relations[:5], "run")
    files = sorted((copied.published / "parquet").rglob("*.parquet"))
    assert len(files) == 5


def test_the_same_warehouse_gives_the_same_listing_and_parquet(copied, copied_relations):
    publish(copied, copied_relations, "run")
    first = fingerprints(current_of(copied.published))
    publish(copied, copied_relations, "run")
    second = fingerprints(current_of(copied.published))
    assert first.keys() == second.keys()
    different = {name for name in first if first[name] != second[name]}
    assert different <= {database_of(copied).name, page_database_of(copied).name}


DAY = "2026-10-20"


@pytest.fixture
def by_day(copied):
    """Return a table that is built by days, published once."""
    found = relations(prepare_manifest(copied))
    (relation,) = [one for one in found if one.name == "fct_account_activity_daily"]
    publish(copied, [relation], "run-1")
    return relation


def built_from(settings, day):
    change(settings, f"update raw.last_publication set unpublished_from = date '{day}'")


def spoil(settings, statement):
    """Change the publication as if nobody had."""
    path = database_of(settings)
    age = path.stat()
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
    os.utime(path, ns=(age.st_atime_ns, age.st_mtime_ns))


def active_user_counts(path, relation):
    query = (
        f"select sum(event_count) filter (where {relation.day} < date '{DAY}'), "
        f"sum(event_count) filter (where {relation.day} >= date '{DAY}') from {relation.table}"
    )
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchone()


def test_only_days_that_can_have_changed_are_copied_again(copied, by_day):
    # What is no longer true of the copy shows which days were taken over, and which were not.
    spoil(copied, f"update {by_day.table} set event_count = 0")
    quarters = sorted((copied.published / "parquet/marts" / by_day.name).iterdir())
    files = [path.stat().st_ino for path in quarters]
    built_from(copied, DAY)
    publish(copied, [by_day], "run-2")
    before, after = active_user_counts(copied.warehouse, by_day)
    assert active_user_counts(database_of(copied), by_day) == (0, after)
    assert before > 0
    assert after > 0
    assert len(quarters) > 1
    rewritten = [path.stat().st_ino != file for path, file in zip(quarters, files, strict=True)]
    assert rewritten == [False] * (len(quarters) - 1) + [True]


@pytest.mark.parametrize(
    "cause",
    [
        "update raw.last_publication set run_id = 'a run of another warehouse'",
        "delete from raw.last_publication",
        "update raw.last_publication set unpublished_from = date '0001-01-01'",
    ],
)
def test_all_is_copied_where_any_day_can_have_changed(copied, by_day, cause):
    built_from(copied, DAY)
    spoil(copied, f"update {by_day.table} set event_count = 0")
    change(copied, cause)
    publish(copied, [by_day], "run-2")
    wanted = active_user_counts(copied.warehouse, by_day)
    assert active_user_counts(database_of(copied), by_day) == wanted


def test_a_copy_that_lacks_rows_of_days_taken_over_is_not_published(copied, by_day):
    spoil(copied, f"delete from {by_day.table} where {by_day.day} = date '2026-10-01'")
    built_from(copied, DAY)
    before = fingerprints(copied.published)
    with pytest.raises(PublicationError, match=r"fct_account_activity_daily has .* its copy"):
        publish(copied, [by_day], "run-2")
    assert fingerprints(copied.published) == before
    # The message says what to do, and that is enough.
    (copied.published / "current/manifest.json").unlink()
    publish(copied, [by_day], "run-3")
    wanted = active_user_counts(copied.warehouse, by_day)
    assert active_user_counts(database_of(copied), by_day) == wanted


def test_every_declared_export_is_its_report_written_out_unchanged(built):
    folder = built.settings.reports / "2026-10-31" / "exports"
    assert {path.suffix for path in folder.iterdir()} == {".csv", ".parquet", ".xlsx"}
    # The workbook holds several and has tests of its own.
    written = sorted(path for path in folder.iterdir() if path.suffix != ".xlsx")
    with duckdb.connect(str(database_of(built.settings)), read_only=True) as connection:
        for path in written:
            rows = connection.execute(f"select count(*) from '{path}'").fetchone()
            table = connection.execute(f"select count(*) from reports.{path.stem}").fetchone()
            assert (path.name, rows) == (path.name, table)
