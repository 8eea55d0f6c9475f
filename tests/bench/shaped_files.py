"""Landing files of the shapes that real companies have and the invented one has not.

``python -m tests.bench.shaped_files SHAPE FOLDER`` writes them: Parquet, by DuckDB, in seconds. The
same shape gives the same rows at any time, as chance comes from hashes of what it decides about.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

LAST_DAY = "date '2026-10-31'"


@dataclass(frozen=True)
class Shape:
    """One company.

    Attributes:
        days: how long its history is.
        accounts: number of accounts.
        features: number of features, each of them a core one.
        users: of the largest account; the others have ever fewer.
        awake: share of the eight-week blocks in which an account does anything.
        asleep: share of accounts of which nothing is heard after their first quarter.
        daily: share of days of an awake account's user with events.
        events: events of such a day at most.
        giant: how many times the usual a user of the largest account does on such a day.
        is_watched: whether errors, tickets and payments are exported as well.
        quiet_weeks: weeks before the last four in which no source has a row.
    """

    days: int
    accounts: int
    features: int
    users: int
    awake: float
    asleep: float = 0.0
    daily: float = 0.3
    events: int = 5
    giant: int = 1
    is_watched: bool = False
    quiet_weeks: int = 0


SHAPES = {
    # Like the usage of a public project: silent most of the time, and back after years.
    "long": Shape(4887, 325, 413, users=60, awake=0.3, asleep=0.5, daily=0.05, events=3),
    "wide": Shape(365, 60, 400, users=40, awake=0.9),
    "silent": Shape(1095, 300, 40, users=40, awake=0.9, asleep=0.9),
    "skewed": Shape(365, 80, 40, users=60, awake=0.9, giant=5),
    "holiday": Shape(365, 60, 40, users=40, awake=0.9, is_watched=True, quiet_weeks=2),
}


def write(shape: Shape, landing: Path) -> None:
    """Write the landing files of a shape."""
    with duckdb.connect() as connection:
        for statement in _steps(shape):
            connection.execute(statement)
        for table, query in _tables(shape).items():
            path = landing / table / "rows.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            connection.execute(f"copy ({query}) to '{path}' (format parquet)")


def _steps(shape: Shape) -> list[str]:
    return [
        "create macro chance(a, b, c) as (hash(a, b, c) % 1000000) / 1000000.0",
        f"""create table accounts as
        select
            number,
            format('account-{{:04d}}', number) as account_id,
            {LAST_DAY} - {shape.days} + 1
            + cast({shape.days} * 0.7 * chance(number, 'begins', 0) * (number > 0)::int as integer)
                as first_day,
            number > 0 and chance(number, 'sleeps', 0) < {shape.asleep} as is_asleep,
            cast(ceil({shape.users} / pow(number + 1, 0.8)) as integer) as user_count
        from range({shape.accounts}) as all_accounts(number)""",
        """create table users as
        select accounts.*, format('user-{:04d}-{:03d}', number, person) as user_id
        from accounts cross join range(200) as people(person)
        where person < user_count""",
        f"""create table events as
        with user_days as (
            select users.*, first_day + cast(day as integer) as date_day
            from users cross join range({shape.days}) as days(day)
            where first_day + cast(day as integer) <= {LAST_DAY}
                and not (is_asleep and day > 90)
                and (day < 56 or chance(number, 'awake', day // 56) < {shape.awake})
                and chance(user_id, 'active', day) < {shape.daily}
        )
        select
            *,
            date_day + interval 8 hour
                + interval (cast(30000 * chance(user_id, date_day, nth) as integer)) second
                as event_ts,
            cast(floor({shape.features} * pow(chance(user_id, date_day, -1 - nth), 3)) as integer)
                as feature
        from user_days cross join range({shape.events * shape.giant}) as all_nths(nth)
        where nth < 1 + hash(user_id, 'events', date_day)
                % ({shape.events} * case when number = 0 then {shape.giant} else 1 end)
            and {_is_heard("date_day", shape)}""",
    ]


def _is_heard(day: str, shape: Shape) -> str:
    last = f"{LAST_DAY} - 28"
    return f"({day} <= {last} - 7 * {shape.quiet_weeks} or {day} > {last})"


def _tables(shape: Shape) -> dict[str, str]:
    numbered = "select *, row_number() over (order by user_id, event_ts, nth) as line from events"
    name = "format('feature-{:03d}', feature)"
    every = f"select range as feature from range({shape.features})"
    tables = {
        "crm/accounts": """select account_id, account_id as name,
            'customer' as account_type, 'DE' as country,
            case when user_count > 9 then 'mid' else 'SMB' end as size_band, first_day as created_at
            from accounts""",
        "crm/users": "select user_id, 'analyst' as role, first_day as created_at from users",
        "crm/account_users": "select account_id, user_id, first_day as valid_from from users",
        "billing/subscriptions": """select account_id || '-s' as subscription_id, account_id,
            'active' as status, first_day as started_at from accounts""",
        "billing/subscription_items": """select account_id || '-i' as subscription_item_id,
            account_id || '-s' as subscription_id, first_day as valid_from, 'growth' as plan_id,
            'month' as "interval", 1 as interval_count, 3900 as unit_amount_minor,
            user_count as quantity, 'EUR' as currency from accounts""",
        "product/events": f"""select line as event_id, {name} || '_used' as event_name, event_ts,
            event_ts as received_at, user_id, account_id, {name} as feature_id, 'web' as platform
            from ({numbered})""",
        "catalogue/feature_catalog": f"""select {name} as feature_id, {name} as name, 'all' as area,
            1.0 as importance, true as is_core from ({every})""",
        "catalogue/event_catalog": f"""select {name} || '_used' as event_name, {name} as feature_id,
            true as is_activity, true as is_core, false as is_login, false as is_error,
            false as is_system
            from ({every})""",
        # With references, so that a run is one like every other and draws none of its own.
        "catalogue/score_references": """select 'usage_level' as component, 'all' as segment,
            4.0 as p10, 8.0 as p25, 14.0 as p50, 24.0 as p75, 37.0 as p90,
            date '2000-01-01' as valid_from""",
    }
    if shape.is_watched:
        tables["product/error_logs"] = f"""select 'error-' || line as error_id,
            event_ts as occurred_at, account_id, user_id from ({numbered}) where line % 50 = 0"""
        tables["support/tickets"] = f"""select 'ticket-' || line as ticket_id, account_id,
            user_id as requester_user_id, event_ts as created_at, 'solved' as status,
            event_ts + interval 9 hour as solved_at from ({numbered}) where line % 400 = 0"""
        tables["billing/payments"] = f"""select account_id || '-p-' || month as payment_id,
            account_id,
            first_day + interval (month) month as attempted_at, 'paid' as status,
            3900 * user_count as amount_minor, 'EUR' as currency
            from accounts cross join range(600) as months(month)
            where first_day + interval (month) month <= {LAST_DAY}
                and {_is_heard("first_day + interval (month) month", shape)}"""
    return tables


if __name__ == "__main__":
    write(SHAPES[sys.argv[1]], Path(sys.argv[2]))
