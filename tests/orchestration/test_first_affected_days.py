"""How far back new rows reach: the first day on which they can change anything."""

from datetime import date

import duckdb
import pytest

from orchestration.dbt_runner.in_process import invoke

UNAFFECTED = None
AFFECTED = {"product/events", "crm/accounts", "crm/users"}


def arrive(connection, table, where, **changes):
    """Have one row of a table arrive again in a new load, with some columns changed."""
    changed = ", ".join(f"{value} as {column}" for column, value in changes.items())
    connection.execute(
        f"insert into raw.{table} select * replace ('late' as _load_id, {changed}) "
        f"from raw.{table} where {where} order by all limit 1"
    )
    system, name = table.split("_", 1)
    connection.execute(
        "insert into raw.loads by name select 'late' as load_id, ? as system, ? as table_name, "
        "'late.csv' as file, now()::timestamp as loaded_at",
        [system, name],
    )


@pytest.fixture
def affected(copied, tmp_path):
    """Return a function that says from which day each table is affected by what has arrived."""

    def found():
        result = invoke(
            copied,
            ["run", "--select", "int_first_affected_days"],
            tmp_path / "dbt",
            lambda event: None,
        )
        assert result.success
        with duckdb.connect(str(copied.warehouse), read_only=True) as connection:
            rows = "select system || '/' || table_name, affected_from"
            query = f"{rows} from intermediate.int_first_affected_days"
            return dict(connection.execute(query).fetchall())

    return found


def test_a_flow_is_affected_on_the_day_of_its_row_and_a_state_as_far_back_as_it_says(
    copied, affected
):
    with duckdb.connect(str(copied.warehouse)) as connection:
        arrive(
            connection,
            "product_events",
            "event_id is not null and user_id is not null",
            event_id="'arrived-late'",
            event_ts="timestamp '2026-09-01 23:30'",
        )
        # An industry holds from the day on which it was entered.
        arrive(
            connection,
            "crm_accounts",
            "account_type = 'customer'",
            industry="'Fishing'",
            updated_at="timestamp '2026-08-15 12:00'",
            valid_from="timestamp '2026-08-15 12:00'",
        )
        # That somebody was internal all the time changes all the time.
        someone = "select min(user_id) from raw.crm_users where is_internal is null"
        arrive(connection, "crm_users", f"user_id = ({someone})", is_internal="true")
        created = connection.execute(
            f"select created_at::date from raw.crm_users where user_id = ({someone})"
        ).fetchone()[0]
    found = affected()
    assert found["product/events"] == date(2026, 9, 1)
    assert found["crm/accounts"] == date(2026, 8, 15)
    assert found["crm/users"] == created
    rest = {day for table, day in found.items() if table not in AFFECTED}
    assert rest == {UNAFFECTED}


def test_what_is_only_shown_and_what_is_only_repeated_affect_no_day(copied, affected):
    with duckdb.connect(str(copied.warehouse)) as connection:
        later = "timestamp '2026-10-20 12:00'"
        arrive(
            connection,
            "crm_accounts",
            "account_type = 'customer'",
            name="'Another Name'",
            updated_at=later,
        )
        arrive(connection, "crm_users", "is_internal is null", created_at="created_at")
    assert set(affected().values()) == {UNAFFECTED}
