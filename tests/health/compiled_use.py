"""A table a row a day of what some accounts do, and the models of use and components built on it.

A test draws the days; everything else that these models read is worked out from them here, in the
plainest way. What is not here: the engine and the files, which ``compiled`` reads, and components
that do not live on use.
"""

from collections.abc import Sequence
from datetime import date

import duckdb

from tests.health.compiled import VARIABLES, build

RHYTHMS = ("int_account_gaps", "int_account_rhythms_daily")
COMPONENTS = [
    f"component_{name}"
    for name in (
        *("active_days", "overdue_ratio", "usage_trend", "usage_level", "active_user_ratio"),
        *("session_error_rate", "slow_request_share", "felt_downtime_minutes"),
        "tickets_per_100_users",
    )
]
# In the order in which they are built.
JUDGED_BY = (
    *("int_component_measurements_daily", "int_component_sources"),
    "int_health_measurements_daily",
)
_NOTHING_MEASURED = (
    "account_id varchar, score_date date, numerator double, denominator double, "
    "sample_size double, measured_on date, last_active_date date, unavailable_reason varchar"
)
Day = tuple[str, date, int, int, int, int]

# A month of a table with a row a day, by sums over the days of the account.
_FACTS = """
    create or replace table facts as
    select account_id, activity_date, core_events, persons, errors, tickets,
        sum(core_events) over month as core_events_28d,
        sum(persons) over month as sessions_28d,
        sum(errors) over month as errors_28d,
        sum(tickets) over month as tickets_28d,
        max(persons) over month as mau,
        coalesce(sum(core_events) over month_before, 0) as core_events_previous_28d
    from days
    window
        month as (partition by account_id order by activity_date rows 27 preceding),
        month_before as (
            partition by account_id order by activity_date
            rows between 55 preceding and 28 preceding
        )
"""
_TABLES = """
    create or replace table fct_account_activity_daily as
    select account_id, activity_date, persons > 0 as is_active from days;

    create or replace table fct_reliability_28d as
    select account_id, activity_date, errors_28d as error_session_count,
        sessions_28d as session_count, sessions_28d as sample_count,
        sessions_28d as request_count, errors_28d as frustrated_count,
        2.5 * errors_28d as felt_downtime_minutes
    from facts;

    create or replace table fct_support_28d as
    select account_id, activity_date, tickets_28d as ticket_count from facts;

    create or replace table dim_source_coverage as
    select source, 'present' as status, min(activity_date) as first_date
    from days cross join (select unnest([
        'product_events', 'product_features', 'product_times', 'product_error_logs',
        'product_error_persons',
        'product_performance_logs',
        'status_incidents', 'support_tickets', 'billing_seats'
    ]) as source)
    group by source;

    create or replace table fct_source_freshness_daily (
        source varchar, date_day date, fresh_on date, is_stale boolean
    );
"""
_LATER_TABLES = """
    create or replace table fct_account_engagement_daily as
    select facts.*, 4 as seat_count, rhythms.gap_count, rhythms.usual_gap_days,
        activity_date - first_date as tenure_days,
        activity_date - coalesce(rhythms.last_active_date, first_date) as days_since_last_activity
    from facts
    inner join int_account_rhythms_daily as rhythms using (account_id, activity_date)
    inner join (select account_id, min(activity_date) as first_date from days group by all)
        using (account_id);

    create or replace table int_scored_account_days as
    select account_id, activity_date as score_date, 'mature' as model,
        'mature-1' as model_version_id, 'mature' as lifecycle_stage, 'mature' as scoring_stage,
        'SMB' as size_band, cast(tenure_days as integer) as tenure_days,
        rhythms.last_active_date,
        coalesce(tenure_days - (activity_date - rhythms.last_active_date), 0)
            as tenure_days_when_last_active,
        activity_date as components_date
    from fct_account_engagement_daily
    inner join int_account_rhythms_daily as rhythms using (account_id, activity_date);

    create or replace table int_measured_account_days as from int_scored_account_days;
"""


def lay_down_days(connection: duckdb.DuckDBPyConnection, days: Sequence[Day]) -> None:
    """Lay down what accounts did on each day, and what models read of it.

    A day is (account, date, persons, core events, errors, tickets), without gaps from the first
    of its account to the last.
    """
    connection.execute(
        "create or replace table days (account_id varchar, activity_date date, persons bigint, "
        "core_events bigint, errors bigint, tickets bigint)"
    )
    values = ", ".join(
        f"('{account}', date '{day}', {', '.join(map(str, numbers))})"
        for account, day, *numbers in days
    )
    connection.execute(f"insert into days values {values}")
    connection.execute(_FACTS)
    connection.execute(_TABLES)


def measure(connection: duckdb.DuckDBPyConnection, days: Sequence[Day]) -> None:
    """Build the measurements of accounts from their days."""
    lay_down_days(connection, days)
    for name in RHYTHMS:
        build(connection, name)
    connection.execute(_LATER_TABLES)
    for name in VARIABLES["health_components"]:
        component = f"component_{name}"
        if component in COMPONENTS:
            build(connection, component)
        else:
            connection.execute(f"create or replace table {component} ({_NOTHING_MEASURED})")
    for name in JUDGED_BY:
        build(connection, name)
