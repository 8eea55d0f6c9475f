"""The book of effects, ``raw.play_effects``: estimated once a week, and kept.

What is not here: what is estimated, and who reads it, which is ``fct_play_effects``.
"""

from datetime import date
from typing import Any

import duckdb

from orchestration.plays.effects import Effect, effects_of
from orchestration.plays.observations import TABLE, read_observations


def estimate_effects(connection: duckdb.DuckDBPyConnection, is_due: bool = False) -> int | None:
    """Estimate the effects of all plays on what is built, unless the week has them already.

    Args:
        connection: to the warehouse, in which it may write.
        is_due: estimate them whatever the book holds, as everything was built anew.

    Returns:
        the number of rows written; None where the week has its estimates.
    """
    (day,) = connection.execute("select as_of_date from raw.run_parameters").fetchone()
    if not is_due and _has_week(connection, day):
        return None
    begun = connection.execute(f"select count(*) from {TABLE} where play is not null").fetchone()
    effects = effects_of(read_observations(connection)) if begun[0] else []
    connection.begin()
    connection.execute("delete from raw.play_effects where fitted_on = ?", [day])
    for effect in effects:
        row = _row(day, effect)
        places = ", ".join("?" for _ in row)
        connection.execute(
            f"insert into raw.play_effects ({', '.join(row)}) values ({places})",
            list(row.values()),
        )
    connection.commit()
    return len(effects)


def _has_week(connection: duckdb.DuckDBPyConnection, day: date) -> bool:
    return connection.execute(
        "select count(*) > 0 from raw.play_effects "
        "where date_trunc('week', fitted_on) = date_trunc('week', ?::date) and fitted_on <= ?",
        [day, day],
    ).fetchone()[0]


def _row(day: date, effect: Effect) -> dict[str, Any]:
    estimate, trend = effect.estimate, effect.pre_trend
    kind, placebo = effect.placebo or (None, None)
    before, after, worst = effect.imbalance or (None, None, None)
    return {
        "fitted_on": day,
        "play": effect.play,
        "outcome": effect.outcome,
        "method": effect.method,
        "is_randomised": effect.is_randomised,
        "status": effect.status,
        "reason": effect.reason,
        "treated_count": effect.counts[0],
        "control_count": effect.counts[1],
        "treated_mean": estimate and estimate.treated,
        "control_mean": estimate and estimate.control,
        "estimate": estimate and estimate.value,
        "estimate_low": estimate and estimate.low,
        "estimate_high": estimate and estimate.high,
        "p_value": estimate and estimate.p_value,
        "p_value_holm": effect.p_value_holm,
        "smallest_detectable": estimate and estimate.smallest_detectable,
        "imbalance_before": before,
        "imbalance_after": after,
        "most_unbalanced": worst,
        "pre_trend": trend and trend.value,
        "pre_trend_low": trend and trend.low,
        "pre_trend_high": trend and trend.high,
        "placebo_kind": kind,
        "placebo": placebo and placebo.value,
        "placebo_low": placebo and placebo.low,
        "placebo_high": placebo and placebo.high,
    }
