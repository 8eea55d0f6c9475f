"""The page is made of the publication: of a warehouse that holds the tables of the page alone."""

from functools import cache

import duckdb
import pytest

from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.publication.places import database_of, page_database_of
from orchestration.publication.publish import publish
from orchestration.publication.relations import page_relations, relations
from orchestration.reporting.publication import published_tables
from orchestration.reporting.reading import ReportError
from orchestration.reporting.rendering import render_report
from orchestration.settings.environment import Settings
from tests.conftest import settings_in
from tests.orchestration.report_tables import AS_OF, company

RAW = f"""
create schema raw;
create schema intermediate;
create table raw.run_parameters as select date '{AS_OF}' as as_of_date;
create table raw.last_publication (run_id varchar, unpublished_from date);
create table intermediate.int_rebuild_window (rebuild_from date);
create table raw.published_scores (account_id varchar, score_date date, model_version_id varchar,
    band varchar, status varchar, health_score double, confidence double, run_id varchar);
create table marts.fct_account_health_daily (account_id varchar, score_date date,
    model_version_id varchar, band varchar, status varchar, health_score double,
    confidence double);
"""
REVENUE = "update reports.rpt_headline_kpis set fact_value = fact_value + 1 where fact = 'mrr'"


@pytest.fixture
def settings(tmp_path):
    found = settings_in(tmp_path, tmp_path / "landing")
    found.warehouse.parent.mkdir()
    connection = company()
    connection.execute(f"attach '{found.warehouse}' as file")
    connection.execute("copy from database memory to file")
    connection.close()
    change(found, RAW)
    return found


def change(settings, statements):
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(statements)


@cache
def project():
    return prepare_manifest(Settings.from_environment({}))


def published(settings, run_id="run", more=()):
    with duckdb.connect(str(settings.warehouse)) as connection:
        found = connection.execute("select table_name from duckdb_tables()").fetchall()
    there = {name for (name,) in found}
    manifest = project()
    copied = [one for one in relations(manifest) if one.name in there]
    of_the_page = [one for one in page_relations(manifest) if one.name in there]
    publish(settings, [*copied, *more], run_id, of_the_page)
    return copied, of_the_page


def page(settings):
    with published_tables(settings) as connection:
        return render_report(connection, AS_OF).html


def test_the_page_of_the_publication_is_the_page_of_the_warehouse(settings):
    copied, of_the_page = published(settings)
    assert copied
    assert of_the_page
    assert page(settings) == render_report(company(), AS_OF).html


def test_a_table_that_changed_after_the_publication_does_not_show(settings):
    published(settings)
    before = page(settings)
    change(settings, REVENUE)
    assert page(settings) == before
    published(settings, "next run")
    assert page(settings) != before


def test_a_publication_that_fails_leaves_the_page_of_the_last_one(settings):
    published(settings)
    before = page(settings)
    change(settings, REVENUE)
    copied = relations(project())
    missing = next(one for one in copied if one.name == "fct_metrics_daily")
    with pytest.raises(duckdb.CatalogException):
        published(settings, "next run", [missing])
    assert page(settings) == before


def test_without_a_publication_there_is_no_page(settings):
    with pytest.raises(ReportError, match=r"holds no publication. Run make run"):
        page(settings)


def test_files_of_two_runs_make_no_page(settings):
    published(settings, "first")
    with duckdb.connect(str(page_database_of(settings))) as connection:
        connection.execute("update publication set run_id = 'second'")
    with pytest.raises(ReportError, match="is of run second, the publication beside it of run"):
        page(settings)


def test_what_only_the_page_reads_is_not_in_the_published_database(settings):
    _, of_the_page = published(settings)
    with duckdb.connect(str(database_of(settings)), read_only=True) as connection:
        found = connection.execute("select table_name from duckdb_tables()").fetchall()
    assert {one.name for one in of_the_page} & {name for (name,) in found} == set()


def test_comments_name_the_currency(settings):
    published(settings)
    with duckdb.connect(str(database_of(settings)), read_only=True) as connection:
        comments = connection.execute(
            "select comment from duckdb_columns() where not internal and comment is not null"
        ).fetchall()
    assert any("EUR" in comment for (comment,) in comments)
    assert not any("reporting currency" in comment for (comment,) in comments)
