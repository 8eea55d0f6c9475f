"""A table that is exported whole each time: what a later file no longer holds has ended."""

from datetime import UTC, date, datetime

import pytest

from orchestration.adapters.adapt import land
from orchestration.dbt_runner.in_process import invoke
from orchestration.dbt_runner.manifest import prepare_manifest
from orchestration.landing.contract import declared_tables
from orchestration.landing.parameters import write_run_parameters
from orchestration.warehouse.connection import Warehouse
from tests.cases.built import asking
from tests.conftest import settings_in

WHOLE = "{complete_exports: [crm/account_users, billing/fx_rates, billing/subscriptions]}"
MEMBER = '{{"account_id": "a", "user_id": "{}", "valid_from": "2026-01-01T00:00:00Z"}}\n'
RATE = '{{"date": "2026-01-01", "from": "{}", "to": "EUR", "rate": 1}}\n'
SUBSCRIPTION = (
    '{{"subscription_id": "{}", "account_id": "a", "status": "active", '
    '"started_at": "2026-01-01T00:00:00Z"}}\n'
)


# Another system, which was exported once.
CONTRACTS = "No,Customer,State,From\ne,b,active,2026-01-01T00:00:00Z\n"
MAPPING = (
    "{tables: {contracts: {becomes: billing/subscriptions, columns: "
    "{subscription_id: No, account_id: Customer, status: State, started_at: From}}}}"
)

# As on the 10th, and as on no other day; subscriptions are those of the 9th again.
LAST = {"crm/account_users": "xz", "billing/fx_rates": "xy"}


def day(number: int) -> datetime:
    """Return the morning on which the exports of a day are loaded."""
    return datetime(2026, 3, number, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    settings = settings_in(folder, folder / "landing")
    tables = list(declared_tables(prepare_manifest(settings)))
    # Who is in the export of each of four days; the fourth differs by table.
    exports = {9: "xyz", 10: "xz", 11: "x", 12: "xyz"}
    (settings.landing / "erp").mkdir(parents=True)
    (settings.landing / "erp/contracts.csv").write_text(CONTRACTS)
    (settings.landing / "erp/mapping.yml").write_text(MAPPING)
    with Warehouse(settings.warehouse).writing() as connection:
        for number, held in exports.items():
            for table, line in (
                ("crm/account_users", MEMBER),
                ("billing/fx_rates", RATE),
                ("billing/subscriptions", SUBSCRIPTION),
            ):
                names = LAST.get(table, held) if number == 12 else held
                path = settings.landing / table / f"export-{number}.jsonl"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text("".join(line.format(name) for name in names))
            land(connection, tables, settings.landing, day(number), lambda text: None)
        write_run_parameters(connection, date(2026, 3, 31), 3)
    command = ["build", "--exclude-resource-type", "test", "unit_test", "--vars", WHOLE]
    models = ["+stg_crm__account_users", "+stg_billing__fx_rates", "+int_subscriptions_dated"]
    models += ["+int_first_affected_days"]
    result = invoke(settings, [*command, "--select", *models], folder / "dbt", lambda event: None)
    assert result.success, [
        (outcome.node.name, outcome.message)
        for outcome in result.result or []
        if outcome.status not in ("success", "no-op")
    ]
    return asking(settings)


def test_what_comes_back_goes_on_and_what_stays_away_ends_at_the_first_load_without_it(ask):
    ends = ask(
        "select landed_line, valid_to from staging.stg_crm__account_users "
        "where landed_file like '%export-9%' order by 1"
    )
    assert ends == [(1, None), (2, datetime(2026, 3, 10, 6)), (3, None)]
    left = ask(
        "select rejection_reason, count(*) from staging.stg_billing__fx_rates "
        "where from_currency = 'Z' group by 1"
    )
    assert left == [("no longer in the newest full export", 2)]


def test_what_a_file_of_the_content_of_an_earlier_one_holds_is_back(ask):
    assert ask(
        "select count(*) from intermediate.int_subscriptions_dated "
        "where end_date > '2026-03-31' and account_id = 'a'"
    ) == [(3,)]


def test_the_export_of_one_system_ends_nothing_of_another(ask):
    going_on = ask(
        "select account_id, count(*) from intermediate.int_subscriptions_dated "
        "where end_date > '2026-03-31' group by 1 order by 1"
    )
    assert going_on == [("a", 3), ("b", 1)]


def test_a_new_file_of_a_whole_table_may_change_every_day(ask):
    affected = dict(
        ask("select table_name, affected_from from intermediate.int_first_affected_days")
    )
    assert affected["account_users"] == date(1, 1, 1)
