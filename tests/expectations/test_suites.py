import re

import duckdb
import pytest

from expectations.always import always_stops
from expectations.catalogue import GATES, Suite, declared_suites
from expectations.rows import Extent, conditions
from expectations.runner import expectations_of, opened, run_expectations, run_suite
from tests.expectations.planted_defects import DEFECTS, LAST_DAY

SUITES = [suite for gate in GATES for suite in declared_suites(gate)]
RECENT = "date '2026-10-10'"
by_name = pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.module)


def config(expectation):
    return expectation.configuration


def claim(expectation):
    return config(expectation).description or config(expectation).type


def column(expectation):
    told = config(expectation).kwargs
    return told.get("column") or told.get("column_A")


def is_critical(expectation):
    return config(expectation).severity.value == "critical"


def is_named(expectation, begins):
    return column(expectation) == begins or claim(expectation).startswith(begins)


def expectation_of(suite, begins):
    (found,) = [each for each in expectations_of(suite) if is_named(each, begins)]
    return found


def read_beside(suite: Suite) -> set[str]:
    """Return the tables that the queries of a suite name, beside its own."""
    configs = [config(each) for each in expectations_of(suite)]
    queries = [each.kwargs.get("unexpected_rows_query", "") for each in configs]
    wheres = [str(conditions(each)) for each in configs]
    return {
        table
        for text in [*queries, *wheres]
        for table in re.findall(r"\b(?:raw|marts|reports)\.\w+", text)
    } | {"raw.run_parameters"}


class Scratch:
    """A file with the table of a suite and what its queries compare with, to be spoiled."""

    def __init__(self, built, suite: Suite, path, rows: int | None = None):
        self.suite, self.path = suite, path
        self.tables = read_beside(suite) | {suite.table}
        self.built, self.rows = built.settings.warehouse, rows

    def spoil(self, *statements: str):
        """Copy the tables, and spoil the one of the suite."""
        with duckdb.connect(str(self.path)) as connection:
            connection.execute(f"attach '{self.built}' as built (read_only)")
            for table in self.tables:
                connection.execute(f"create schema if not exists {table.split('.')[0]}")
                chosen = self.chosen(connection, table)
                connection.execute(f"create or replace table {table} as {chosen}")
            for statement in statements:
                connection.execute(statement.replace("spoiled", self.suite.table))
        return self

    def chosen(self, connection, table: str) -> str:
        """Return the query of the rows to copy: of the largest tables the last weeks."""
        few = self.rows and table == self.suite.table
        schema, name = table.split(".")
        days = connection.execute(
            "select column_name from duckdb_columns() left join duckdb_tables() "
            "using (database_name, schema_name, table_name) where database_name = 'built' "
            "and schema_name = $schema and table_name = $name "
            # Nobody knows how large a view is.
            "and coalesce(estimated_size > $size, true) "
            "and column_name in ('activity_date', 'score_date', 'metric_date')",
            {"schema": schema, "name": name, "size": 0 if few else 100_000},
        ).fetchone()
        since = LAST_DAY if few else RECENT
        where = f" where {days[0]} >= {since}" if days else ""
        if few and name == "fct_metrics_daily":
            where += " and dimension = 'all' and metric_value is not null"
        if few and name == "rpt_headline_kpis":
            # One fact is asked about, and rows come in no order.
            where = " order by fact != 'mean_health_score'"
        return f"from built.{table}{where}" + (f" limit {self.rows}" if few else "")

    def findings(self, expectations=None):
        with opened(self.path) as source:
            if expectations is None:
                return run_suite(source, self.suite)
            return run_expectations(source, self.suite.table, expectations)


@by_name
def test_a_suite_has_nothing_critical_to_say_about_good_data(built, suite, tmp_path):
    found = Scratch(built, suite, tmp_path / "good.duckdb").spoil().findings()
    assert found, "the suite found its table empty"
    assert [f for f in found if f.severity == "critical" and not f.passed] == []


@by_name
def test_each_expectation_has_a_planted_defect(suite):
    for expectation in expectations_of(suite):
        planted = [begins for begins in DEFECTS[suite.module] if is_named(expectation, begins)]
        assert len(planted) == 1, f"{claim(expectation)} ({column(expectation)}): {planted}"
    assert len(DEFECTS[suite.module]) == len(expectations_of(suite))


@pytest.mark.exhaustive
@by_name
def test_each_expectation_notices_its_planted_defect(built, suite, tmp_path):
    scratch = Scratch(built, suite, tmp_path / "bad.duckdb")
    for begins, spoil in DEFECTS[suite.module].items():
        expectation = expectation_of(suite, begins)
        # A table that may be empty is checked only where the count of its rows is asked, too.
        counts = [each for each in expectations_of(suite) if "row_count" in config(each).type]
        chosen = [expectation, *(each for each in counts if each != expectation)]
        (found,) = [
            finding
            for finding in scratch.spoil(*spoil.split("; ")).findings(chosen)
            if (finding.column, finding.expectation) == (column(expectation), claim(expectation))
        ]
        assert not found.passed, begins
        assert "could not be checked" not in found.observed
        assert (found.severity == "critical") == is_critical(expectation), (begins, found)


def of_one_row(spoil: str) -> str:
    """Return the statement of a defect that changes or takes away rows, for a single one."""
    change = next(text for text in spoil.split("; ") if not text.startswith("insert"))
    kept, _, condition = change.partition(" where ")
    wanted = f"coalesce(({condition})::integer, 0)" if condition else "1"
    first = f"(select rowid from spoiled order by {wanted} desc, rowid limit 1)"
    return f"{kept} where rowid = {first}"


@pytest.mark.exhaustive
@by_name
def test_one_odd_row_among_ten_stops_nothing_but_what_the_list_says(built, suite, tmp_path):
    scratch = Scratch(built, suite, tmp_path / "ten.duckdb", rows=10)
    for begins, spoil in DEFECTS[suite.module].items():
        expectation = expectation_of(suite, begins)
        if not is_critical(expectation) or "marts." in spoil:
            continue
        found = scratch.spoil(of_one_row(spoil)).findings([expectation])
        stopped = [each for each in found if not each.passed and each.severity == "critical"]
        listed = always_stops(suite.module, claim(expectation), column(expectation))
        assert bool(stopped) == listed, (begins, found)


@pytest.mark.parametrize(
    ("extent", "wide"),
    [
        (Extent(10, 10, 49), True),
        (Extent(9, 9, 9), False),  # too few rows
        (Extent(400, 9, 400), False),  # the days of too few accounts
        (Extent(400, None, 400), True),
        (Extent(10, 10, 50), False),  # a fifth, and no more
    ],
)
def test_many_offenders_of_many_accounts_stop_a_run(extent, wide):
    assert extent.is_wide is wide


def test_rows_are_named_by_key_and_line_and_no_person_is(built, tmp_path):
    suite = next(suite for suite in SUITES if suite.module == "raw_support_tickets")
    spoil = (
        "update spoiled set solved_at = created_at - interval 1 second where ticket_id = "
        "(select ticket_id from spoiled where requester_user_id is not null order by 1 limit 1)"
    )
    scratch = Scratch(built, suite, tmp_path / "one.duckdb", rows=10).spoil(spoil)
    (found,) = [each for each in scratch.findings() if each.column == "solved_at"]
    with duckdb.connect(str(scratch.path)) as connection:
        ticket, file, line, person = connection.execute(
            "select ticket_id, _file, _line, requester_user_id from raw.support_tickets "
            "where solved_at < created_at"
        ).fetchone()
    assert (found.passed, found.severity) == (False, "warning")
    assert found.observed.endswith(f"values are not: ticket_id={ticket} {file}:{line}")
    assert person not in found.observed


def test_more_rows_than_can_be_read_are_cut_short(built, tmp_path):
    suite = next(suite for suite in SUITES if suite.module == "dim_accounts")
    spoil = "update spoiled set tenure_days = 739000"
    scratch = Scratch(built, suite, tmp_path / "many.duckdb").spoil(spoil)
    (found,) = [each for each in scratch.findings() if each.column == "tenure_days"]
    assert found.severity == "critical"
    assert found.observed.count("account_id=") == 5
    assert found.observed.endswith("; and more")


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
    with opened(tmp_path / "empty.duckdb") as source:
        assert run_suite(source, suite) == []


def test_prices_that_nobody_told_are_no_finding(built, tmp_path):
    suite = next(suite for suite in SUITES if suite.module == "raw_billing_subscription_items")
    untold = "update spoiled set unit_amount_minor = null"
    found = Scratch(built, suite, tmp_path / "untold.duckdb").spoil(untold).findings()
    assert all(finding.passed for finding in found)


def test_a_price_in_rupiah_is_no_finding(built, tmp_path):
    suite = next(suite for suite in SUITES if suite.module == "raw_billing_subscription_items")
    # A year for about EUR 670 in minor units, as ISO 4217 has it.
    rupiah = "update spoiled set unit_amount_minor = 1200000000, currency = 'IDR'"
    found = Scratch(built, suite, tmp_path / "rupiah.duckdb").spoil(rupiah).findings()
    assert all(finding.passed for finding in found if finding.severity == "critical")
    assert all(finding.passed for finding in found if finding.column == "unit_amount_minor")


def test_two_weeks_of_silence_stop_nothing(built, tmp_path):
    # AS_OF asks for a day in the holidays: nobody was active since, and scores have fallen.
    for module, spoil in {
        "fct_account_activity_daily": "delete from spoiled where activity_date > date '2026-10-24'",
        "raw_product_events": "delete from spoiled where event_ts >= date '2026-10-18'",
        "fct_account_health_daily": "update spoiled set health_score = 1 "
        f"where score_date = {LAST_DAY}; delete from marts.fct_account_activity_daily "
        "where activity_date > date '2026-10-24'",
        "fct_user_activity_daily": "delete from spoiled where activity_date > date '2026-10-17'",
    }.items():
        suite = next(suite for suite in SUITES if suite.module == module)
        scratch = Scratch(built, suite, tmp_path / f"{module}.duckdb").spoil(*spoil.split("; "))
        failed = [each for each in scratch.findings() if not each.passed]
        assert failed
        assert [each for each in failed if each.severity == "critical"] == []


def test_the_file_is_free_after_a_suite_has_run(built, tmp_path):
    scratch = Scratch(built, SUITES[0], tmp_path / "good.duckdb").spoil()
    scratch.findings()
    with duckdb.connect(str(scratch.path), config={"threads": 1}) as connection:
        connection.execute("create table written (x integer)")


def test_an_observation_tells_no_value_of_a_row(built, tmp_path):
    suite = next(suite for suite in SUITES if suite.module == "raw_crm_users")
    spoil = "update spoiled set birth_year = 1066"
    found = Scratch(built, suite, tmp_path / "bad.duckdb").spoil(spoil).findings()
    assert not any("1066" in finding.observed for finding in found)
