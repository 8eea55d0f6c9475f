"""The page is made of the publication: nobody ever reads a number that was not published."""

import duckdb
import pytest

from orchestration.publication.opening import UnreadablePublication
from orchestration.publication.places import database_of, page_database_of
from orchestration.publication.relations import relations
from orchestration.reporting.publication import published_tables
from orchestration.reporting.reading import ReportError
from orchestration.reporting.rendering import render_report
from tests.conftest import settings_in
from tests.orchestration.published_company import change, project, publish_company, write_company
from tests.orchestration.report_tables import AS_OF, company

pytestmark = pytest.mark.exhaustive

REVENUE = "update reports.rpt_headline_kpis set fact_value = fact_value + 1 where fact = 'mrr'"


@pytest.fixture
def settings(tmp_path):
    found = settings_in(tmp_path, tmp_path / "landing")
    write_company(found)
    return found


def page(settings):
    with published_tables(settings) as connection:
        return render_report(connection, AS_OF).html


def test_the_page_of_the_publication_is_the_page_of_the_warehouse(settings):
    copied, of_the_page = publish_company(settings)
    assert copied
    assert of_the_page
    assert page(settings) == render_report(company(), AS_OF).html


def test_a_table_that_changed_after_the_publication_does_not_show(settings):
    publish_company(settings)
    before = page(settings)
    change(settings, REVENUE)
    assert page(settings) == before
    publish_company(settings, "next run")
    assert page(settings) != before


def test_a_publication_that_fails_leaves_the_page_of_the_last_one(settings):
    publish_company(settings)
    before = page(settings)
    change(settings, REVENUE)
    missing = next(one for one in relations(project()) if one.name == "fct_metrics_daily")
    with pytest.raises(duckdb.CatalogException):
        publish_company(settings, "next run", [missing])
    assert page(settings) == before


def test_without_a_publication_there_is_no_page(settings):
    with pytest.raises(UnreadablePublication, match=r"holds no publication. Run make run"):
        page(settings)


def test_files_of_two_runs_make_no_page(settings):
    publish_company(settings, "first")
    with duckdb.connect(str(page_database_of(settings))) as connection:
        connection.execute("update publication set run_id = 'second'")
    with pytest.raises(ReportError, match="is of run second, the publication beside it of run"):
        page(settings)


def test_what_only_the_page_reads_is_not_in_the_published_database(settings):
    _, of_the_page = publish_company(settings)
    with duckdb.connect(str(database_of(settings)), read_only=True) as connection:
        found = connection.execute("select table_name from duckdb_tables()").fetchall()
    assert {one.name for one in of_the_page} & {name for (name,) in found} == set()


def test_comments_name_the_currency(settings):
    publish_company(settings)
    with duckdb.connect(str(database_of(settings)), read_only=True) as connection:
        comments = connection.execute(
            "select comment from duckdb_columns() where not internal and comment is not null"
        ).fetchall()
    assert any("EUR" in comment for (comment,) in comments)
    assert not any("reporting currency" in comment for (comment,) in comments)
