"""Intervals that treat accounts as the units, against a bootstrap that draws whole accounts."""

import numpy as np
import pytest

from tests.track_record.rendered import backtest, row
from tests.track_record.resampled import area, caught_share, error_by_accounts

ACCOUNTS, MONDAYS, DRAWS = 300, 20, 1500
# What the error of 1,500 draws leaves open (2 % of itself), and what a linear formula does.
TOLERANCE = 0.10


@pytest.fixture(scope="module")
def company():
    """Accounts whose Mondays resemble each other, in what is said of them and in what happens."""
    rng = np.random.default_rng(11)
    account = np.repeat(np.arange(ACCOUNTS), MONDAYS)
    mood = rng.normal(0, 1, ACCOUNTS)
    score = np.round(mood[account] + rng.normal(0, 0.5, len(account)), 1)
    rule = np.round(0.7 * mood[account] + rng.normal(0, 1, len(account)), 1)
    leaves = (rng.random(ACCOUNTS) < 1 / (1 + np.exp(1.5 + 1.1 * mood)))[account]
    event = (leaves & (rng.random(len(account)) < 0.5)).astype(int)
    cents = np.round(np.exp(rng.normal(10, 0.8, ACCOUNTS)))[account]
    return {"account": account, "score": score, "rule": rule, "event": event, "cents": cents}


@pytest.fixture(scope="module")
def judged(company):
    band = np.select(
        [company["score"] < -0.8, company["score"] < 0.3], ["at_risk", "watch"], "healthy"
    )
    trials = {
        "account_id": [f"a{number}" for number in company["account"]] * 2,
        "snapshot_date": ["2026-03-02"] * len(band) * 2,
        "predictor": ["health_score"] * len(band) + ["recency"] * len(band),
        "band": band.tolist() * 2,
        "predictor_value": company["score"].tolist() + company["rule"].tolist(),
        "event_count": company["event"].tolist() * 2,
        "mrr_cents": company["cents"].astype(int).tolist() * 2,
    }
    return backtest(trials)


def figures(company):
    """Return each figure as a function of the weights of the rows."""
    score, rule, event, cents = (company[name] for name in ("score", "rule", "event", "cents"))
    healthy, at_risk = score >= 0.3, score < -0.8
    return {
        "area": lambda weight: area(score, event, weight),
        "weighted_area": lambda weight: area(score, event, weight * cents),
        "caught": lambda weight: caught_share(score, event, weight, 0.1),
        "surprise": lambda weight: (weight * event * healthy).sum() / (weight * event).sum(),
        "false_alarm": lambda weight: (
            (weight * (1 - event) * at_risk).sum() / (weight * at_risk).sum()
        ),
        "advantage": lambda weight: area(score, event, weight) - area(rule, event, weight),
    }


@pytest.mark.parametrize("name", ["area", "weighted_area", "surprise", "false_alarm", "advantage"])
def test_the_variance_is_that_of_drawing_accounts_anew(company, judged, name):
    drawn = error_by_accounts(figures(company)[name], company["account"], DRAWS, seed=5)
    if name == "advantage":
        found = row(judged, "int_health_score_advantages", "recency")["advantage_variance"]
    else:
        found = row(judged, "int_health_backtest_slices")[f"{name}_variance"]
    assert np.sqrt(found) == pytest.approx(drawn, rel=TOLERANCE)


def test_lift_takes_its_threshold_as_given_and_is_never_surer_than_drawing_says(company, judged):
    drawn = error_by_accounts(figures(company)["caught"], company["account"], DRAWS, seed=5)
    found = np.sqrt(row(judged, "int_health_backtest_slices")["caught_variance"])
    assert drawn * (1 - TOLERANCE) < found < drawn * 1.6


def test_rows_taken_for_independent_would_be_much_too_sure(company, judged):
    rows = np.arange(len(company["event"]))
    naive = error_by_accounts(figures(company)["area"], rows, 300, seed=5)
    found = np.sqrt(row(judged, "int_health_backtest_slices")["area_variance"])
    assert found > 1.5 * naive


def test_the_difference_is_surer_than_two_separate_figures(judged):
    errors = [
        row(judged, "int_health_backtest_slices", predictor)["area_variance"]
        for predictor in ("health_score", "recency")
    ]
    found = row(judged, "int_health_score_advantages", "recency")
    assert found["advantage_variance"] < sum(errors)


def test_the_interval_of_the_auc_holds_the_quantiles_of_the_draws(company, judged):
    found = row(judged, "fct_health_backtest")
    drawn = error_by_accounts(figures(company)["area"], company["account"], DRAWS, seed=6)
    assert found["auc_low"] == pytest.approx(found["auc"] - 1.96 * drawn, abs=0.3 * drawn)
    assert found["auc_high"] == pytest.approx(found["auc"] + 1.96 * drawn, abs=0.3 * drawn)


def test_a_rate_of_dependent_rows_has_the_wilson_interval_of_fewer_rows(judged):
    found = row(judged, "fct_health_backtest")
    variance = row(judged, "int_health_backtest_slices")["surprise_variance"]
    share, z = found["surprise_rate"], 1.959964
    trials = share * (1 - share) / variance
    assert trials < found["event_count"] / 2
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    assert (found["surprise_rate_low"] + found["surprise_rate_high"]) / 2 == pytest.approx(middle)


def test_a_rate_without_variance_counts_each_account_once():
    trials = {
        "account_id": ["a"] * 20 + ["b"] * 20,
        "snapshot_date": ["2026-03-02"] * 40,
        "predictor": ["health_score"] * 40,
        "band": ["at_risk"] * 40,
        "predictor_value": list(range(40)),
        "event_count": [0] * 39 + [1],
        "mrr_cents": [100] * 40,
    }
    trials["band"][-1] = "healthy"
    found = row(backtest(trials), "fct_health_backtest")
    assert found["false_alarm_rate"] == 1
    # Wilson for 2 of 2, not for 39 of 39.
    assert found["false_alarm_rate_low"] == pytest.approx(0.3424, abs=1e-3)
