"""Companies that give a model nothing to go by: it is said, and nothing wins by default."""

from dataclasses import replace

import numpy as np
import pytest

from orchestration.outlook.figures import figures_of
from orchestration.outlook.judged import Judged
from orchestration.outlook.training import train
from tests.outlook.planted import HORIZON, company, later


@pytest.fixture(scope="module")
def sample():
    return company(accounts=400, weeks=50, base=-3.6)


def trained(sample):
    return train(sample, "churn", HORIZON, later(sample), capacity=20)


def nothing_known(sample):
    """Return the Mondays of a company of which only subscriptions have landed."""
    return replace(
        sample,
        values=np.full_like(sample.values, np.nan),
        health_score=np.full_like(sample.health_score, np.nan),
    )


def test_who_all_leave_within_the_horizon_tell_nothing_apart_on_however_many_mondays(sample):
    leaving = sample.where(sample.event == 1)
    refused = trained(leaving)
    assert len(leaving.event) > 2 * leaving.event_accounts
    assert refused.status == "one_outcome_only"
    assert refused.reason.startswith(f"Everybody of {leaving.event_accounts} customers had churn")


def test_a_model_that_nothing_could_be_set_beside_has_to_beat_a_coin(sample):
    model = trained(nothing_known(sample))
    assert model.status == "candidate"
    assert not model.is_better
    assert "not surely above a coin" in model.reason


def test_of_too_few_who_stay_no_model_is_better_and_the_sentence_says_why(sample):
    left = np.unique(sample.account[sample.event == 1])
    staying = np.setdiff1d(np.unique(sample.account), left)[:10]
    is_leaving = np.isin(sample.account, left) & (sample.event == 1)
    model = trained(sample.where(is_leaving | np.isin(sample.account, staying)))
    assert model.status == "candidate"
    assert not model.is_better
    assert "nan" not in model.reason
    assert "fewer than 20 customers" in model.reason


def test_a_rate_alone_is_no_surer_than_the_accounts_that_it_is_of(sample):
    """The standard error of log odds of accounts drawn with replacement is that of the draws."""
    plain = nothing_known(sample)
    (draws,) = trained(plain).regression.draws.T
    rows = np.bincount(plain.account)
    events = np.bincount(plain.account, plain.event)
    draw = np.random.default_rng(3)
    found = []
    for _ in range(400):
        chosen = draw.integers(0, len(rows), len(rows))
        rate = events[chosen].sum() / rows[chosen].sum()
        found.append(np.log(rate / (1 - rate)))
    assert draws.std() == pytest.approx(np.std(found), rel=0.35)


@pytest.mark.parametrize("kinds", [1, 3, 40])
def test_lift_and_precision_do_not_ask_in_which_order_equal_rows_stand(kinds):
    draw = np.random.default_rng(kinds)
    probability = draw.integers(1, kinds + 1, 400) / 100
    event = (draw.random(400) < 0.1 + probability / 2).astype(float)
    judged = Judged(
        probability,
        event,
        account=np.arange(400) // 2,
        accounts=200,
        monday=np.zeros(400, dtype=int),
        rules={},
        rate_of_score=np.full(400, np.nan),
    )
    first, last = (judged.where(np.argsort(event * side, kind="stable")) for side in (-1, 1))
    one, other = figures_of(first, 20, 0), figures_of(last, 20, 0)
    assert one.lift == pytest.approx(other.lift)
    assert one.average_precision == pytest.approx(other.average_precision)
    # By hand: rows of one probability are caught, and counted, together.
    is_likelier = probability[:, None] < probability[None, :]
    is_equal = probability[:, None] == probability[None, :]
    room = np.clip((40 - is_likelier.sum(1)) / is_equal.sum(1), 0, 1)
    assert one.lift == pytest.approx((event * room).sum() / event.sum() / 0.1)
    so_far = is_likelier | is_equal
    assert one.average_precision == pytest.approx(
        (so_far @ event / so_far.sum(1))[event == 1].mean()
    )
