import duckdb
import pytest

from expectations.catalogue import GATES, Suite, declared_suites
from expectations.runner import expectations_of, opened, run_suite
from tests.expectations.planted_defects import DEFECTS

SUITES = [suite for gate in GATES for suite in declared_suites(gate)]
by_name = pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.module)


def scratch(built, suite: Suite, path, spoil: str | None = None):
    """Copy the table of a suite, and what suites compare with, into a file of their own."""
    tables = {suite.table, "raw.run_parameters", "reports.rpt_accounts"}
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"attach '{built.settings.warehouse}' as built (read_only)")
        for table in tables:
            connection.execute(f"create schema if not exists {table.split('.')[0]}")
            connection.execute(f"create table {table} as from built.{table}")
        if spoil:
            connection.execute(spoil.replace("spoiled", suite.table))
    return path


def findings(path, suite):
    with opened(path) as source:
        return run_suite(source, suite)


@by_name
def test_a_suite_has_nothing_critical_to_say_about_good_data(built, suite, tmp_path):
    found = findings(scratch(built, suite, tmp_path / "good.duckdb"), suite)
    assert found, "the suite found its table empty"
    assert [f for f in found if f.severity == "critical" and not f.passed] == []


@by_name
def test_a_suite_notices_its_planted_defect(built, suite, tmp_path):
    defect = DEFECTS[suite.module]
    found = findings(scratch(built, suite, tmp_path / "bad.duckdb", defect.spoil), suite)
    failed = [f.expectation for f in found if f.severity == "critical" and not f.passed]
    assert any(claim.startswith(defect.claim) for claim in failed), found


@by_name
def test_a_suite_is_about_the_table_in_its_name_and_says_why(suite):
    expected = expectations_of(suite)
    assert expected
    assert all(expectation.notes for expectation in expected), "notes is the reason people read"


def test_an_absent_source_is_not_judged(tmp_path):
    suite = next(suite for suite in SUITES if suite.module == "raw_support_tickets")
    with duckdb.connect(str(tmp_path / "empty.duckdb")) as connection:
        connection.execute("create schema raw")
        connection.execute(
            "create table raw.support_tickets "
            "(created_at timestamp, solved_at timestamp, reopens integer)"
        )
    assert findings(tmp_path / "empty.duckdb", suite) == []


def test_an_empty_table_that_must_have_rows_is_found(built, tmp_path):
    suite = next(suite for suite in SUITES if suite.module == "fct_sessions")
    path = scratch(built, suite, tmp_path / "bad.duckdb", "delete from spoiled")
    assert any(not f.passed and f.severity == "critical" for f in findings(path, suite))


def test_prices_that_nobody_told_are_no_finding(built, tmp_path):
    suite = next(suite for suite in SUITES if suite.module == "raw_billing_subscription_items")
    untold = "update spoiled set unit_amount_minor = null"
    path = scratch(built, suite, tmp_path / "untold.duckdb", untold)
    assert all(finding.passed for finding in findings(path, suite))


def test_the_file_is_free_after_a_suite_has_run(built, tmp_path):
    path = scratch(built, SUITES[0], tmp_path / "good.duckdb")
    findings(path, SUITES[0])
    with duckdb.connect(str(path), config={"threads": 1}) as connection:
        connection.execute("create table written (x integer)")


def test_an_observation_tells_no_value_of_a_row(built, tmp_path):
    suite = next(suite for suite in SUITES if suite.module == "raw_crm_users")
    path = scratch(built, suite, tmp_path / "bad.duckdb", "update spoiled set birth_year = 1066")
    assert not any("1066" in finding.observed for finding in findings(path, suite))
