from dataclasses import replace

import dagster as dg
import duckdb
import pytest

from orchestration.assets.published import PUBLISHED
from orchestration.jobs import OF_TODAY
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.deliverable import NotDeliverable, require_deliverable
from tests.orchestration.part_of_a_run import DELIVERIES, fingerprints, run_part, steps

pytestmark = pytest.mark.exhaustive

PUBLICATION = dg.AssetSelection.assets(PUBLISHED)


def spoil(settings, statement):
    with Warehouse(settings.warehouse).writing() as connection:
        connection.execute(statement)


def test_raw_data_that_nobody_believes_stops_the_models(copied, tmp_path):
    # A new export in which the column that says who is empty.
    folder = tmp_path / "landing" / "crm" / "accounts"
    folder.mkdir(parents=True)
    lines = "\n".join(f",2026-01-{day % 28 + 1:02}" for day in range(400))
    (folder / "broken.csv").write_text(f"account_id,created_at\n{lines}\n")
    before = fingerprints(copied.published)
    settings = replace(copied, landing=tmp_path / "landing")
    result, why = run_part(settings, ["raw"], OF_TODAY)
    assert steps(result, "STEP_SUCCESS") == {"landed_files"}
    assert steps(result, "STEP_FAILURE") == {"gate_raw"}
    assert "at most 1 in 5 lines of a table is quarantined" in why[0]
    assert fingerprints(copied.published) == before


def test_marts_that_nobody_believes_stop_the_deliveries(copied):
    spoil(
        copied,
        "update marts.fct_account_health_daily set health_score = 80 "
        "where score_date = (select as_of_date from raw.run_parameters)",
    )
    before = fingerprints(copied.published)
    result, why = run_part(copied, ["marts", "reports"], DELIVERIES)
    assert steps(result, "STEP_SUCCESS") == {"gate_reports"}
    assert steps(result, "STEP_FAILURE") == {"gate_marts"}
    assert why[0].startswith("gate_marts stopped the run.")
    assert "A score that says the same thing about everyone has lost its inputs." in why[0]
    assert fingerprints(copied.published) == before
    assert not copied.reports.exists()


def test_reports_that_nobody_believes_stop_the_deliveries(copied):
    spoil(copied, "update reports.rpt_accounts set health_score = 150")
    before = fingerprints(copied.published)
    result, why = run_part(copied, ["reports"], DELIVERIES)
    assert steps(result, "STEP_SUCCESS") == set()
    assert "reports.rpt_accounts: health_score" in why[0]
    assert fingerprints(copied.published) == before
    assert not copied.reports.exists()


def test_a_single_row_that_nobody_believes_is_named_and_stops_nothing(copied):
    with duckdb.connect(str(copied.warehouse)) as connection:
        (account,) = connection.execute(
            "select min(account_id) from reports.rpt_accounts"
        ).fetchone()
    spoil(
        copied,
        f"update reports.rpt_accounts set health_score = 150 where account_id = '{account}'",
    )
    result, _ = run_part(copied, ["reports"], PUBLICATION)
    assert result.success
    with duckdb.connect(str(copied.warehouse)) as connection:
        told = connection.execute(
            "select severity, observed from quality.expectation_results "
            "where table_name = 'reports.rpt_accounts' and not passed"
        ).fetchall()
    assert [severity for severity, _ in told] == ["warning"]
    assert told[0][1].endswith(f"values are not: account_id={account}")


def test_a_warning_is_shown_and_stops_nothing(copied):
    spoil(copied, "update reports.rpt_accounts set days_since_last_activity = 300")
    result, _ = run_part(copied, ["reports"], PUBLICATION)
    assert result.success
    assert "published__customer_health" in steps(result, "STEP_SUCCESS")


def test_findings_are_kept_as_a_table_for_the_report(built, warehouse_reading):
    with warehouse_reading() as connection:
        gates = connection.execute(
            "select gate, count(distinct table_name) from quality.expectation_results group by gate"
        ).fetchall()
        reasons = connection.execute(
            "select count(*) from quality.expectation_results where reason = ''"
        ).fetchone()
    # The last gate also looks for persons in every text, which is one more thing that it asks.
    assert dict(gates) == {"raw": 9, "marts": 25, "reports": 5}
    assert reasons == (0,)


def test_findings_of_a_gate_replace_its_earlier_ones(copied):
    for _ in range(2):
        run_part(copied, ["reports"], dg.AssetSelection.assets())
    with duckdb.connect(str(copied.warehouse)) as connection:
        rows = connection.execute(
            "select count(*), count(distinct (table_name, expectation, column_name)) "
            "from quality.expectation_results where gate = 'reports'"
        ).fetchone()
    assert rows[0] == rows[1]


ACCOUNTS = dg.AssetCheckKey(dg.AssetKey(["reports", "rpt_accounts"]), "is_believable")


def kept_findings(settings):
    with Warehouse.of(settings).reading() as connection:
        query = "from quality.expectation_results where gate = 'reports' order by all"
        return connection.execute(query).fetchall()


def test_a_look_at_one_table_takes_nothing_from_a_gate_that_all_have_passed(copied):
    before = kept_findings(copied)
    assert len({row[1] for row in before}) > 1
    result, why = run_part(copied, [], dg.AssetSelection.checks(ACCOUNTS))
    assert result.success, why
    assert kept_findings(copied) == before
    require_deliverable(copied, "The report")


def test_a_look_at_one_table_that_nobody_believes_holds_everything_back(copied):
    spoil(copied, "update reports.rpt_accounts set health_score = 150")
    result, _ = run_part(copied, [], dg.AssetSelection.checks(ACCOUNTS))
    assert not result.success
    with pytest.raises(NotDeliverable, match="gate_reports has not passed"):
        require_deliverable(copied, "The report")


def test_the_errors_of_the_run_say_why_a_gate_stopped_it(copied, capfd):
    spoil(copied, "update reports.rpt_accounts set health_score = 150")
    run_part(copied, [], dg.AssetSelection.checks(ACCOUNTS))
    errors = [line for line in capfd.readouterr().err.splitlines() if " - ERROR - " in line]
    assert any("reports.rpt_accounts: health_score" in line for line in errors)
