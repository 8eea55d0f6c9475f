from datetime import date

import dagster as dg
import duckdb
import pytest

from orchestration.assets.published import PUBLISHED
from orchestration.assets.reports import HEALTH_REPORT, health_report_asset
from orchestration.publication.places import database_of
from orchestration.reporting.rendering import Report, render_report
from orchestration.reporting.writing import write_report
from orchestration.resources import resources
from tests.conftest import settings_in
from tests.orchestration.published_company import publish_company, write_company
from tests.orchestration.report_tables import AS_OF, company

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def settings(tmp_path):
    found = settings_in(tmp_path, tmp_path / "landing")
    write_company(found)
    return found


def report_of(day, html="page"):
    return Report(day, html, [])


def test_the_asset_writes_the_page_of_the_day_that_was_built(settings):
    publish_company(settings)
    result = dg.materialize([health_report_asset()], resources=resources(settings))
    assert result.success
    page = settings.reports / "2026-10-31/report.html"
    assert page.read_text() == render_report(company(), AS_OF).html


def test_the_asset_waits_for_the_publication(settings):
    assert health_report_asset().asset_deps[HEALTH_REPORT] == {PUBLISHED}


def test_the_last_good_report_stays_when_this_one_cannot_be_made(settings):
    publish_company(settings)
    asset = health_report_asset()
    dg.materialize([asset], resources=resources(settings))
    good = (settings.reports / "latest.html").read_bytes()
    with duckdb.connect(str(database_of(settings))) as connection:
        connection.execute("drop table reports.rpt_accounts")
    assert not dg.materialize([asset], resources=resources(settings), raise_on_error=False).success
    assert (settings.reports / "latest.html").read_bytes() == good
    assert not list(settings.reports.rglob("*.unfinished"))


def test_the_latest_report_links_to_the_exports_of_its_day(tmp_path):
    write_report(report_of(AS_OF, '<a href="exports/rpt_x.csv">'), tmp_path)
    assert (tmp_path / "latest.html").read_text() == '<a href="2026-10-31/exports/rpt_x.csv">'


def test_the_latest_report_links_to_the_accounts_of_its_day_and_not_into_itself(tmp_path):
    links = '<a href="dashboard/accounts.html"><a href="#accounts">'
    write_report(report_of(AS_OF, links), tmp_path)
    assert (tmp_path / "latest.html").read_text() == (
        '<a href="2026-10-31/dashboard/accounts.html"><a href="#accounts">'
    )


def test_a_past_day_made_again_is_not_the_latest(tmp_path):
    write_report(report_of(AS_OF, "new"), tmp_path)
    write_report(report_of(date(2026, 9, 30), "old"), tmp_path)
    assert (tmp_path / "latest.html").read_text() == "new"
    assert (tmp_path / "2026-09-30/report.html").read_text() == "old"
