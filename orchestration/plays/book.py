"""The book of effects, ``raw.play_effects``: estimated once a week, and kept.

What is not here: what is estimated, and who reads it, which is ``fct_play_effects``.
"""

from datetime import date
from typing import Any

from orchestration.plays.effect import held_together
from orchestration.plays.effects import Effect, effects_of
from orchestration.plays.observations import read_observations
from orchestration.plays.releases import effects_of_releases
from orchestration.settings.parts import WarehouseSettings
from orchestration.warehouse.connection import Warehouse

# So that it shows, and that nobody asks again before the week is over.
NONE_BEGUN = Effect(
    play="any",
    outcome="churn",
    method="none",
    is_randomised=False,
    status="too_few",
    reason="No play has begun for anybody: crm/interventions has none, and none was assigned.",
)


def needs_estimates(settings: WarehouseSettings, is_full: bool) -> bool:
    """Tell whether the effects are to be estimated: in a full build, and once a week.

    Args:
        settings: where the warehouse is.
        is_full: whether everything is built anew, so that all of the past may be different.
    """
    if is_full:
        return True
    with Warehouse.of(settings).reading() as connection:
        return not connection.execute(
            "select count(*) from raw.play_effects cross join raw.run_parameters "
            "where date_trunc('week', fitted_on) = date_trunc('week', as_of_date)"
        ).fetchone()[0]


def estimate_effects(settings: WarehouseSettings) -> int:
    """Estimate the effects of all plays and releases; return how many rows the book got.

    Estimates of other days stay in the book.
    """
    with Warehouse.of(settings).writing() as connection:
        (day,) = connection.execute("select as_of_date from raw.run_parameters").fetchone()
        effects = [
            *(effects_of(read_observations(connection)) or [NONE_BEGUN]),
            *held_together(effects_of_releases(connection)),
        ]
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
