"""The judge's figures are those of the track record, to the last digit that matters."""

import numpy as np
import pytest

from tests.judge.figures import FEWEST_ACCOUNTS, advantage, area, rate
from tests.track_record.rendered import backtest, render, row


@pytest.fixture(scope="module")
def company():
    """120 accounts with eight Mondays each, with ties, and two predictors that share an error."""
    rng = np.random.default_rng(3)
    account = np.repeat(np.arange(120), 8)
    mood = rng.normal(0, 1, 120)[account]
    score = np.round(mood + rng.normal(0, 1, len(account)), 1)
    rule = np.round(0.5 * mood + rng.normal(0, 1, len(account)), 1)
    event = (rng.random(len(account)) < 1 / (1 + np.exp(1 + mood))).astype(int)
    band = np.select([score < -1, score < 0.5], ["at_risk", "watch"], "healthy")
    return {"account": account, "score": score, "rule": rule, "event": event, "band": band}


@pytest.fixture(scope="module")
def judged(company):
    rows = len(company["event"])
    connection = backtest(
        {
            "account_id": [f"a{number}" for number in company["account"]] * 2,
            "snapshot_date": ["2026-03-02"] * rows * 2,
            "predictor": ["health_score"] * rows + ["recency"] * rows,
            "band": company["band"].tolist() * 2,
            "predictor_value": company["score"].tolist() + company["rule"].tolist(),
            "event_count": company["event"].tolist() * 2,
            "mrr_cents": [100] * rows * 2,
        }
    )
    connection.execute(
        "create table score_bands as from (values ('m1', 'at_risk', 1), ('m1', 'watch', 2), "
        "('m1', 'healthy', 3)) t(model_version_id, band, band_order)"
    )
    query = render("fct_health_band_outcomes")
    connection.execute(f"create table fct_health_band_outcomes as {query}")
    return connection


@pytest.mark.parametrize(("name", "predictor"), [("score", "health_score"), ("rule", "recency")])
def test_an_auc_and_its_interval_are_those_of_the_track_record(company, judged, name, predictor):
    found = area(company[name], company["event"], company["account"])
    expected = row(judged, "fct_health_backtest", predictor)
    assert found.value == pytest.approx(expected["auc"], abs=1e-9)
    assert found.low == pytest.approx(expected["auc_low"], abs=1e-9)
    assert found.high == pytest.approx(expected["auc_high"], abs=1e-9)


def test_a_difference_and_its_interval_are_those_of_the_track_record(company, judged):
    found = advantage(company["score"], company["rule"], company["event"], company["account"])
    expected = row(judged, "fct_health_backtest", "recency")
    assert found.value == pytest.approx(expected["score_advantage"], abs=1e-9)
    assert found.low == pytest.approx(expected["score_advantage_low"], abs=1e-9)
    assert found.high == pytest.approx(expected["score_advantage_high"], abs=1e-9)


@pytest.mark.parametrize("band", ["at_risk", "watch", "healthy"])
def test_the_rate_of_a_band_and_its_interval_are_those_of_the_track_record(company, judged, band):
    is_in = company["band"] == band
    found = rate(company["event"][is_in], company["account"][is_in])
    (expected,) = judged.execute(
        "select outcome_rate, interval_low, interval_high from fct_health_band_outcomes "
        "where model_version_id = 'all' and band = ?",
        [band],
    ).fetchall()
    assert (found.value, found.low, found.high) == pytest.approx(expected, abs=1e-9)


def test_a_predictor_is_neither_better_nor_worse_than_itself(company):
    same = advantage(company["score"], company["score"], company["event"], company["account"])
    assert (same.value, same.low, same.high) == (0, 0, 0)


def test_rows_of_one_account_count_once_for_the_interval(company):
    """Every row told twice over is the same evidence, and the interval stays as wide."""
    once = area(company["score"], company["event"], company["account"])
    twice = area(*(np.tile(company[name], 2) for name in ("score", "event", "account")))
    assert (twice.value, twice.low, twice.high) == pytest.approx((once.value, once.low, once.high))


@pytest.mark.parametrize("with_it", [FEWEST_ACCOUNTS - 1, FEWEST_ACCOUNTS])
def test_with_too_few_accounts_there_is_no_figure(with_it):
    event = np.array([1] * with_it + [0] * 50)
    account = np.arange(len(event))
    value = np.random.default_rng(1).random(len(event))
    assert (area(value, event, account) is None) == (with_it < FEWEST_ACCOUNTS)
    assert (advantage(value, -value, event, account) is None) == (with_it < FEWEST_ACCOUNTS)


def test_a_perfect_ranking_has_an_auc_of_one():
    event = np.array([1] * 20 + [0] * 20)
    found = area(1.0 - event, event, np.arange(40))
    assert found.value == found.low == found.high == 1


def test_of_no_row_there_is_no_rate():
    assert rate(np.array([]), np.array([])) is None
