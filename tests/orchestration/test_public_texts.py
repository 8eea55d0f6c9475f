"""What is about to be published is looked at once more for texts that may name somebody."""

import duckdb
import pytest

from orchestration.checks import public_texts
from orchestration.checks.findings import record
from orchestration.checks.public_texts import look_at_public_texts
from tests.conftest import settings_in


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path, tmp_path)
    settings.warehouse.parent.mkdir()
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("create schema raw; create schema marts; create schema reports")
        connection.execute("create table raw.users as select 'anna@acme.example' as email")
        connection.execute(
            "create table marts.dim_accounts as select 'a-' || n as account_id, n as size, "
            "'Chrome/120.0.0.0' as browser from range(100) as numbers (n)"
        )
        connection.execute("create table reports.rpt_sizes as select 'large' as size")
    return settings


def findings(settings):
    return {suite.table: one for suite, [one] in look_at_public_texts(settings).items()}


def test_where_nobody_is_named_it_says_what_was_read(settings):
    [(table, finding)] = findings(settings).items()
    assert (table, finding.passed) == ("staging, marts and reports", True)
    assert finding.observed == "3 columns of 2 tables read"


def test_a_table_that_may_name_somebody_is_named_with_column_and_count_and_not_with_the_text(
    settings,
):
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(
            "update marts.dim_accounts set account_id = account_id || ' anna@acme.example' "
            "where size < 3"
        )
    found = findings(settings)
    finding = found["marts.dim_accounts"]
    assert (finding.passed, finding.severity) == (False, "warning")
    assert finding.observed == "3 texts of account_id look like a mail address"
    assert not found["staging, marts and reports"].passed
    record(settings, "reports", look_at_public_texts(settings))
    with duckdb.connect(str(settings.warehouse)) as connection:
        told = connection.execute("from quality.expectation_results").fetchall()
    assert len(told) == 2
    assert "anna" not in str(told)


def test_of_a_large_table_rows_from_all_over_it_are_read(settings, monkeypatch):
    monkeypatch.setattr(public_texts, "ROWS_READ", 10)
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute("update marts.dim_accounts set browser = 'a@b.example'")
    found = findings(settings)
    assert found["marts.dim_accounts"].observed == "10 texts of browser look like a mail address"
    assert "10 rows of each of the 1 tables that have more" in (
        found["staging, marts and reports"].observed
    )
