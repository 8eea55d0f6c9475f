"""Reads from a warehouse what was said of customers on Mondays, and what happened to them.

The scores of an older build come from its own warehouse, made from the same landing files, and
are asked about the same Mondays and outcomes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from data.open_university.landing_files import quoted

RULES = ("recency", "active_days_28d", "active_days_90d", "usage_trend")

# What the track record of the warehouse asks.
OUTCOMES = """
create temp table outcomes as
select account_id, snapshot_date, label, horizon_days, cast(is_event as integer) as event
from marts.fct_account_outcomes
where is_event is not null and label in ('churn', 'silence')
"""

# Questions in which no setting of this project has a part. The first is that of the log's own
# description: of organisations with three events, active within 90 days, who does nothing in 180?
ONCE_A_QUARTER = "snapshot_date < date_trunc('quarter', snapshot_date) + to_days(7)"
NO_EVENT_ON = """
with
days as (
    select account_id, activity_date, is_active, sum(event_count) over so_far as events_so_far
    from marts.fct_account_activity_daily
    window so_far as (partition by account_id order by activity_date)
),

returns as (
    select
        snapshots.account_id,
        snapshots.snapshot_date,
        max(case when activity_date = snapshot_date then events_so_far end) as events,
        bool_or(is_active and activity_date <= snapshot_date) as was_active,
        bool_or(is_active and activity_date > snapshot_date) as is_back
    from intermediate.int_account_snapshots as snapshots
    inner join days
        on
            snapshots.account_id = days.account_id
            and activity_date between snapshot_date - 89 and snapshot_date + 180
    where {mondays} and snapshot_date + 180 <= (select max(activity_date) from days)
    group by all
)

insert into outcomes
select account_id, snapshot_date, 'no_event_180d', 180, cast(not is_back as integer)
from returns
where was_active and events >= 3
"""
NO_EVENT = NO_EVENT_ON.format(mondays=ONCE_A_QUARTER)

# The second: of those who take a course in its seventh or its fourteenth week, on a Monday, who
# leaves it later than in seven days, and before its end?
LEFT_LATER = """
insert into outcomes
select
    snapshots.account_id,
    snapshots.snapshot_date,
    'left_later',
    days,
    max(cast(cast(ended_at as date) < renewal_date as integer))
from intermediate.int_account_snapshots as snapshots
inner join intermediate.int_subscriptions_deduplicated as contracts using (account_id)
cross join (values (42), (91)) as asked(days)
where
    snapshot_date - cast(coalesce(trial_ended_at, started_at) as date) between days and days + 6
    and cast(ended_at as date) > snapshot_date + 7
group by snapshots.account_id, snapshots.snapshot_date, days
"""
QUESTIONS = {"no_event_180d": NO_EVENT, "left_later": LEFT_LATER}

SAID = """
create temp table said as
pivot (
    select account_id, snapshot_date, predictor, predictor_value
    from intermediate.int_health_predictors
)
on predictor in ('health_score', 'recency', 'active_days_28d', 'active_days_90d', 'usage_trend')
using any_value(predictor_value)
group by account_id, snapshot_date
"""

# A warehouse of before and one of after have the same two tables. Asleep, an account has component
# rows once a week, and they stand until the next ones; before, it had them every day.
COMPONENTS = """
create temp table {name}_components as
with measured as (
    select distinct account_id, score_date
    from {database}.marts.fct_account_health_components_daily
),
explained as (
    select health.account_id, health.score_date as snapshot_date, measured.score_date
    from {database}.marts.fct_account_health_daily as health
    asof inner join measured
        on health.account_id = measured.account_id and health.score_date >= measured.score_date
    where health.score_date in (select distinct snapshot_date from outcomes)
)
select account_id, snapshot_date, component, component_score
from explained
inner join {database}.marts.fct_account_health_components_daily using (account_id, score_date)
where component_score is not null
"""

ROWS = """
select
    dense_rank() over (order by outcomes.account_id) as account,
    outcomes.event,
    said.* exclude (account_id, snapshot_date),
    health.band as band,
    health.scoring_stage as stage,
    {before}
from outcomes
left join said using (account_id, snapshot_date)
left join marts.fct_account_health_daily as health
    on outcomes.account_id = health.account_id and outcomes.snapshot_date = health.score_date
{join}
where outcomes.label = $label and outcomes.horizon_days = $days
order by outcomes.account_id, outcomes.snapshot_date
"""
BEFORE = """
left join before.marts.fct_account_health_daily as earlier
    on outcomes.account_id = earlier.account_id and outcomes.snapshot_date = earlier.score_date
"""


@dataclass(frozen=True)
class Question:
    """One outcome within one horizon, and the rows about which it was asked.

    Attributes:
        label: the outcome, as ``fct_account_outcomes`` names it.
        days: the length of the window.
        account: the number of the account of each row.
        event: 1 where it happened.
        said: what each predictor said, the lower the worse; not a number where it said nothing.
            ``before`` is the score of the older build.
        bands: the band of each row by the score and by that before; None where there is none.
        stage: which model scored each row: onboarding, mature or renewal; None without a score.
        components: for ``after`` and ``before``, what each component said.

    """

    label: str
    days: int
    account: np.ndarray
    event: np.ndarray
    said: dict[str, np.ndarray]
    bands: dict[str, np.ndarray]
    stage: np.ndarray
    components: dict[str, dict[str, np.ndarray]]


def questions(
    warehouse: Path, labels: Sequence[str], before: Path | None = None
) -> Iterator[Question]:
    """Yield what can be asked of a warehouse: each of the outcomes, within each horizon.

    An outcome that came to nobody is left out. The warehouse of before must have been made from
    the same landing files, or the same customers would be others.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        connection.execute(OUTCOMES)
        for label in labels:
            if label in QUESTIONS:
                connection.execute(QUESTIONS[label])
        connection.execute(SAID)
        connection.execute(COMPONENTS.format(name="after", database=_name_of(connection)))
        if before:
            connection.execute(f"attach {quoted(str(before))} as before (read_only)")
            connection.execute(COMPONENTS.format(name="before", database="before"))
        asked = connection.execute(
            "select label, horizon_days from outcomes where label in $labels "
            "group by label, horizon_days having sum(event) > 0 "
            "order by list_position($labels, label), horizon_days",
            {"labels": list(labels)},
        ).fetchall()
        for label, days in asked:
            yield _question(connection, label, days, before is not None)


def _name_of(connection: duckdb.DuckDBPyConnection) -> str:
    return '"' + connection.execute("select current_database()").fetchone()[0] + '"'


def _question(
    connection: duckdb.DuckDBPyConnection, label: str, days: int, has_before: bool
) -> Question:
    old = "earlier.health_score as before, earlier.band as band_before"
    query = ROWS.format(
        before=old if has_before else "cast(null as double) as before, null as band_before",
        join=BEFORE if has_before else "",
    )
    rows = connection.execute(query, {"label": label, "days": days}).fetchnumpy()
    said = {name: _numbers(rows[name]) for name in ("health_score", *RULES, "before")}
    builds = ("after", "before") if has_before else ("after",)
    return Question(
        label,
        days,
        np.asarray(rows["account"]),
        np.asarray(rows["event"]),
        said,
        {"after": _texts(rows["band"]), "before": _texts(rows["band_before"])},
        _texts(rows["stage"]),
        {build: _components(connection, build, label, days) for build in builds},
    )


def _components(
    connection: duckdb.DuckDBPyConnection, build: str, label: str, days: int
) -> dict[str, np.ndarray]:
    names = connection.execute(
        f"select distinct component from {build}_components order by component"
    ).fetchall()
    return {
        name: _numbers(
            connection.execute(
                f"""
                select components.component_score
                from outcomes
                left join {build}_components as components
                    on
                        outcomes.account_id = components.account_id
                        and outcomes.snapshot_date = components.snapshot_date
                        and components.component = $name
                where outcomes.label = $label and outcomes.horizon_days = $days
                order by outcomes.account_id, outcomes.snapshot_date
                """,
                {"name": name, "label": label, "days": days},
            ).fetchnumpy()["component_score"]
        )
        for (name,) in names
    }


def _numbers(column: np.ndarray) -> np.ndarray:
    """Return a column of numbers; what is missing is not a number, never zero."""
    return np.ma.filled(np.ma.asarray(column, dtype=float), np.nan)


def _texts(column: np.ndarray) -> np.ndarray:
    return np.ma.filled(np.ma.asarray(column, dtype=object), None)
