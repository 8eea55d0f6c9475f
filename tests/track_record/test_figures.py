"""AUC, average precision and lift of the models against brute force, ties and all."""

import numpy as np
import pytest

from tests.track_record.rendered import backtest, row
from tests.track_record.resampled import area_by_pairs, average_precision, caught_share


def company(seed, rows=800, levels=40):
    """Rows with many equal values, of accounts that appear several times."""
    rng = np.random.default_rng(seed)
    value = rng.integers(0, levels, rows).astype(float)
    event = (rng.random(rows) < 0.35 - 0.3 * value / levels).astype(int)
    cents = rng.integers(0, 500_000, rows)
    return {
        "account_id": [f"a{number}" for number in rng.integers(0, 120, rows)],
        "snapshot_date": ["2026-03-02"] * rows,
        "predictor": ["health_score"] * rows,
        "band": ["watch"] * rows,
        "predictor_value": value.tolist(),
        "event_count": event.tolist(),
        "mrr_cents": cents.tolist(),
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_figures_are_those_of_brute_force_on_800_rows_with_ties(seed):
    trials = company(seed)
    found = row(backtest(trials), "int_health_backtest_slices")
    value, event, cents = (
        np.array(trials[name]) for name in ("predictor_value", "event_count", "mrr_cents")
    )
    ones = np.ones(len(value))
    assert len(np.unique(value)) < len(value) / 10
    assert found["auc"] == pytest.approx(area_by_pairs(value, event, ones), abs=1e-12)
    assert found["mrr_weighted_auc"] == pytest.approx(area_by_pairs(value, event, cents), abs=1e-12)
    precision = found["precision_sum"] / found["event_count"]
    assert precision == pytest.approx(average_precision(value, event), abs=1e-11)
    caught = found["caught_count"] / found["event_count"]
    assert caught == pytest.approx(caught_share(value, event, ones, 0.1), abs=1e-11)
    caught_cents = found["caught_mrr_cents"] / found["event_mrr_cents"]
    assert caught_cents == pytest.approx(caught_share(value, event, cents, 0.1), abs=1e-11)


def test_a_golden_company_of_five_rows():
    trials = {
        "account_id": ["a", "b", "c", "d", "e"],
        "snapshot_date": ["2026-03-02"] * 5,
        "predictor": ["health_score"] * 5,
        "band": ["at_risk", "healthy", "healthy", "watch", "at_risk"],
        "predictor_value": [10, 90, 90, 50, 20],
        "event_count": [1, 1, 0, 0, 0],
        "mrr_cents": [100, 300, 100, 100, 100],
    }
    # The event at 10 beats all three stays, the one at 90 ties with one of them: 3.5 of 6 pairs.
    found = row(
        backtest(trials, track_record_minimum_outcomes=2, lift_share=0.2), "fct_health_backtest"
    )
    assert found["auc"] == pytest.approx(3.5 / 6)
    # Weighted by revenue, the pairs of the second event count three times.
    assert found["mrr_weighted_auc"] == pytest.approx((3 + 3 * 0.5) / (3 + 9))
    # One of the two events is among the worst fifth: half of them in place of a fifth.
    assert found["lift"] == pytest.approx(0.5 / 0.2)
    assert found["average_precision"] == pytest.approx((1 / 1 + 2 / 5) / 2)
    assert (found["surprise_rate"], found["false_alarm_rate"]) == (0.5, 0.5)
    assert found["flagged_stay_rate"] == pytest.approx(1 / 3)


def test_below_the_fewest_outcomes_there_is_no_auc_but_a_description():
    trials = company(4)
    trials["event_count"] = [int(name in {"a1", "a2"}) for name in trials["account_id"]]
    found = row(backtest(trials), "fct_health_backtest")
    assert found["event_count"] > found["event_account_count"] == 2
    assert found["status"] == "insufficient_outcomes"
    withheld = ("auc", "auc_low", "mrr_weighted_auc", "average_precision", "lift", "lift_high")
    assert {found[name] for name in withheld} == {None}
    assert found["mean_value_of_events"] is not None
    assert row(backtest(trials), "int_health_backtest_slices")["auc"] is not None


def test_twenty_accounts_with_an_outcome_are_enough_and_nineteen_are_not():
    trials = company(5)
    for count, status in ((19, "insufficient_outcomes"), (20, "ok")):
        chosen = set(sorted(set(trials["account_id"]))[:count])
        trials["event_count"] = [int(name in chosen) for name in trials["account_id"]]
        assert row(backtest(trials), "fct_health_backtest")["status"] == status
