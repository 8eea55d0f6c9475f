"""What a BI tool meets when it joins the public tables and takes their comments at their word."""

import re

import pytest

from orchestration.publication.relations import relations
from tests.conventions.manifest import manifest

# An open end or beginning, and the day of a catalogue, are no days to join a calendar to.
NO_DAY = {"valid_from", "valid_to", "released_on", "retired_on"}
# Their values are of a company or of another table, and their texts name the special ones alone.
OPEN = {"segment", "second_segment", "by_segment", "dimension", "measure", "usage_decile"}
FEW = 40
# What many tables say of an account on a day, and the one that has all of it.
DAILY = "marts.fct_account_daily"
DAYS = ("activity_date", "score_date", "as_of_date", "month_end", "action_date", "snapshot_date")
FACTS = (
    "mrr", "seat_count", "is_customer", "health_score", "band", "confidence", "lifecycle_stage",
    "score_status", "tenure_days", "overdue_days", "core_event_count", "active_user_count",
    "days_since_last_activity", "open_ticket_count",
)  # fmt: skip
# A contract is not its account, the outlook knows the eve, and a list was drawn up earlier.
OF_OTHER_DAYS = {
    "marts.fct_contracts_due", "reports.rpt_renewals_not_healthy",
    "marts.fct_account_features_weekly", "reports.rpt_action_follow_up",
}  # fmt: skip
# The first that Power BI and Excel count right; before it both have a leap year that was none.
FIRST_DAY = "1900-03-01"


@pytest.fixture(scope="module")
def ask(warehouse_reading):
    with warehouse_reading() as connection:
        yield lambda query: connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def columns(ask):
    """Return table, column, type and text of all that is public."""
    return [
        (one.table, name, kind, one.columns.get(name, ""))
        for one in relations(manifest())
        for name, kind, *_ in ask(f"describe {one.table}")
    ]


def test_the_calendar_has_every_day_that_a_row_is_about(ask, columns):
    missing = {
        f"{table}.{name}": (str(first), str(last), count)
        for table, name, kind, _ in columns
        if kind == "DATE" and name not in NO_DAY and table != "marts.dim_dates"
        for first, last, count in ask(
            f'select min("{name}"), max("{name}"), count(*) from {table} '
            f'where "{name}" not in (select date_day from marts.dim_dates)'
        )
        if count
    }
    assert missing == {}


def test_the_calendar_says_which_days_are_built(ask):
    built = ask("select date_day from intermediate.int_days_spined order by all")
    assert ask("select date_day from marts.dim_dates where is_built order by all") == built


def test_a_spreadsheet_can_hold_every_day(ask, columns):
    early = [
        f"{table}.{name}"
        for table, name, kind, _ in columns
        if kind in ("DATE", "TIMESTAMP")
        and ask(f"select 1 from {table} where \"{name}\" < timestamp '{FIRST_DAY}' limit 1")
    ]
    assert early == []


def test_a_text_that_lists_values_lists_all_of_them(ask, columns):
    missing = {}
    for table, name, kind, text in columns:
        if kind != "VARCHAR" or name in OPEN:
            continue
        found = [
            value
            for (value,) in ask(
                f'select distinct "{name}" from {table} where "{name}" is not null limit {FEW + 1}'
            )
        ]
        said = [value for value in found if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text)]
        # One of them may be there by chance: it is a word of the language, too.
        if len(found) <= FEW and 2 <= len(said) < len(found):
            missing[f"{table}.{name}"] = sorted(set(found) - set(said))
    assert missing == {}


def test_an_interval_is_empty_with_its_value_and_holds_it(ask, columns):
    named = {(table, name) for table, name, *_ in columns}
    wrong = {}
    for table, low in sorted(named):
        value, high = low.removesuffix("_low"), low.removesuffix("_low") + "_high"
        value = "metric_value" if value == "interval" else value
        if low.endswith("_low") and {(table, value), (table, high)} <= named:
            [(count,)] = ask(
                f"select count(*) from {table} where {value} is null and ({low} is not null "
                f"or {high} is not null) or {value} < {low} or {value} > {high}"
            )
            wrong |= {f"{table}.{value}": count} if count else {}
    assert wrong == {}


def test_one_fact_of_an_account_on_a_day_is_the_same_wherever_it_stands(ask, columns):
    named = {}
    for table, name, *_ in columns:
        named.setdefault(table, []).append(name)
    different, compared = {}, set()
    for table, names in named.items():
        day = next((name for name in DAYS if name in names), None)
        facts = [name for name in FACTS if name in names and table != DAILY]
        if not facts or day is None or "account_id" not in names or table in OF_OTHER_DAYS:
            continue
        if ask(f"select 1 from {table} group by account_id, {day} having count(*) > 1 limit 1"):
            continue
        for fact in facts:
            compared.add(fact)
            [(count,)] = ask(
                f"select count(*) from {table} as one inner join {DAILY} as daily "
                f"on one.account_id = daily.account_id and one.{day} = daily.activity_date "
                f"where one.{fact} is distinct from daily.{fact}"
            )
            different |= {f"{table}.{fact}": count} if count else {}
    assert compared == set(FACTS)
    assert different == {}
