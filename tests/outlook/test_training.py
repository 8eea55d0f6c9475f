"""What is learned, forward in time; and the sentence where nothing can be."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from orchestration.outlook.logistic import EVENTS_GIVEN_TO_A_PARAMETER, Term, learn
from orchestration.outlook.models import Live
from orchestration.outlook.training import TOO_GOOD, train
from orchestration.outlook.walk_forward import (
    TEST_EVENTS,
    TRAINING_EVENTS,
    folds_of,
    rates_of_scores,
    thinned,
)
from orchestration.proposal.areas import area_of
from tests.outlook.planted import FEATURES, HORIZON, LAW, company, later

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def sample():
    return company()


@pytest.fixture(scope="module")
def model(sample):
    return train(sample, "churn", HORIZON, later(sample), capacity=20)


def pooled(model):
    return model.figures["all", "all"]


def test_a_planted_law_is_found_out_of_time(model):
    figures = pooled(model)
    assert model.status == "candidate"
    assert figures.auc_low > 0.6
    assert 0.8 < figures.calibration_slope < 1.25
    assert figures.gain_over_recency_low > 0
    assert figures.brier < figures.brier_of_rate
    assert figures.brier_low < figures.brier < figures.brier_high
    assert figures.average_precision_low < figures.average_precision
    assert figures.average_precision < figures.average_precision_high
    found = dict(
        zip(
            [term.name for term in model.regression.terms],
            model.regression.coefficients,
            strict=True,
        )
    )
    assert all(np.sign(found[name]) == np.sign(weight) for name, weight in LAW.items())


def test_it_never_ranks_better_than_the_law_itself(sample, model):
    law = sum(weight * sample.column(name) for name, weight in LAW.items())
    ceiling = area_of(-law, sample.event, sample.account, len(sample.names))
    error = (ceiling.interval[1] - ceiling.interval[0]) / 4
    assert pooled(model).auc <= ceiling.area + 2 * error


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_outcomes_dealt_anew_among_accounts_no_more_is_known_than_their_monday(sample, seed):
    events = {}
    for account, monday, event in zip(sample.account, sample.monday, sample.event, strict=True):
        events[account, monday] = event
    order = np.random.default_rng(seed).permutation(len(sample.names))
    dealt = np.array(
        [
            events.get((order[account], monday), 0.0)
            for account, monday in zip(sample.account, sample.monday, strict=True)
        ]
    )
    rate = {monday: dealt[sample.monday == monday].mean() for monday in set(sample.monday)}
    of_mondays = -np.array([rate[monday] for monday in sample.monday])
    by_monday = area_of(of_mondays, dealt, sample.account, len(sample.names)).area
    learned = train(replace(sample, event=dealt), "churn", HORIZON, date(2026, 1, 1), 20)
    assert abs(pooled(learned).auc - 0.5) < by_monday - 0.5


def test_no_row_is_learned_from_before_its_outcome_is_known(sample):
    folds = list(folds_of(sample, seed=1))
    assert len(folds) > 4
    for fold in folds:
        first_judged = sample.monday[fold.is_judged].min()
        assert fold.training.known_on.max() < first_judged
        assert fold.training.event_accounts >= TRAINING_EVENTS


def test_a_later_outcome_changes_nothing_of_an_earlier_fold(sample):
    honest = next(folds_of(sample, seed=1))
    day = sample.monday[honest.is_judged].min()
    spoilt = replace(
        sample,
        event=np.where(sample.known_on >= day, 1 - sample.event, sample.event),
        values=np.where((sample.monday >= day)[:, None], -sample.values, sample.values),
        health_score=np.where(sample.monday >= day, 1.0, sample.health_score),
    )
    known = spoilt.where(spoilt.known_on < day)
    again = learn(thinned(known), 1)
    assert np.array_equal(again.coefficients, honest.regression.coefficients)
    assert np.array_equal(again.draws, honest.regression.draws)
    assert np.array_equal(rates_of_scores(known).rates, honest.score_rates.rates)
    # The comparison is not blind.
    past = replace(sample, values=np.where((sample.monday < day)[:, None], 0.5, 1) * sample.values)
    halved = learn(thinned(past.where(past.known_on < day)), 1)
    assert halved.terms != honest.regression.terms


def test_no_more_columns_than_the_departures_carry(sample):
    left = np.unique(sample.account[sample.event == 1])
    for wanted in (100, 150, 250):
        few = sample.where(~np.isin(sample.account, left[wanted:]))
        terms = learn(few, 1).terms
        assert few.event_accounts == wanted
        assert len(terms) <= wanted // EVENTS_GIVEN_TO_A_PARAMETER
        assert [term.feature for term in terms if not term.is_missing_mark] == list(
            FEATURES[: sum(not term.is_missing_mark for term in terms)]
        )


def test_a_draw_is_as_wide_as_accounts_drawn_with_replacement(sample):
    some = sample.where((sample.monday.max() - sample.monday) % 56 < 7)
    found = learn(some, 3)
    draw, again = np.random.default_rng(5), []
    of_account = [np.flatnonzero(some.account == n) for n in range(len(some.names))]
    for _ in range(25):
        chosen = draw.integers(0, len(some.names), len(some.names))
        rows = np.concatenate([of_account[n] for n in chosen])
        again.append(learn(some.where(rows), 3).coefficients[:2])
    ratio = found.draws[:, 1:3].std(axis=0) / np.array(again).std(axis=0)
    assert (ratio > 0.6).all()
    assert (ratio < 1.6).all()


def few_departures(sample, count):
    left = np.unique(sample.account[sample.event == 1])
    return sample.where(~np.isin(sample.account, left[count:]))


@pytest.mark.parametrize("count", [5, TRAINING_EVENTS - 1, TRAINING_EVENTS + TEST_EVENTS // 3])
def test_too_few_departures_give_no_model_and_a_day_from_which_there_could_be_one(sample, count):
    few = few_departures(sample, count)
    refused = train(few, "churn", HORIZON, date(2026, 1, 1), 20)
    assert refused.status == "insufficient_outcomes"
    assert refused.regression is None
    assert refused.possible_from > date(2026, 1, 1)
    assert f"{count} customers" in refused.reason
    assert str(refused.possible_from) in refused.reason


def test_one_outcome_only_is_named(sample):
    nobody = replace(sample, event=np.zeros(len(sample.event)))
    assert train(nobody, "churn", 42, date(2026, 1, 1), 20).status == "one_outcome_only"
    nothing = sample.where(np.zeros(len(sample.event), bool))
    assert train(nothing, "churn", 42, date(2026, 1, 1), 20).status == "no_outcomes"


def test_customers_without_a_time_axis_are_refused(sample):
    snapshot = sample.where(sample.monday == sample.monday[0])
    refused = train(snapshot, "churn", HORIZON, date(2026, 1, 1), 20)
    assert refused.status == "no_time_axis"
    assert "without a time axis" in refused.reason


def test_a_feature_that_holds_the_outcome_is_named_and_nothing_is_learned(sample):
    place = FEATURES.index("csm_sentiment")
    values = sample.values.copy()
    values[:, place] = np.where(sample.event == 1, 5, values[:, place])
    refused = train(replace(sample, values=values), "churn", HORIZON, date(2026, 1, 1), 20)
    assert refused.status == "too_good"
    assert "csm_sentiment" in refused.reason
    assert str(TOO_GOOD) in refused.reason


@pytest.mark.parametrize("share_that_stays", [0.0, 0.15])
def test_when_a_contract_ends_is_no_outcome_unless_it_was_moved_by_it(sample, share_that_stays):
    place = FEATURES.index("term_ends_within_42d")
    values = sample.values.copy()
    is_bound = np.random.default_rng(1).random(len(values)) > share_that_stays
    values[:, place] = np.where((sample.event == 1) | ~is_bound, 1.0, 0.0)
    found = train(replace(sample, values=values), "churn", HORIZON, date(2026, 1, 1), 20)
    assert found.status == ("candidate" if share_that_stays else "too_good")


def test_a_model_stays_a_candidate_until_it_beats_the_one_in_force(sample, model):
    same = Live(
        model.version,
        int(sample.monday[0]),
        model.regression.terms,
        model.regression.intercept,
        model.regression.coefficients,
    )
    against_itself = train(sample, "churn", HORIZON, later(sample), 20, same)
    assert model.is_better
    assert not against_itself.is_better
    blind = Live("blind", 0, (Term("nps", False, 0.0, 1.0),), -3.0, np.array([1.0]))
    assert train(sample, "churn", HORIZON, later(sample), 20, blind).is_better


def test_the_same_rows_give_the_same_model(sample, model):
    again = train(sample, "churn", HORIZON, later(sample), 20)
    assert again.version == model.version
    assert np.array_equal(again.regression.draws, model.regression.draws)
    assert again.figures == model.figures or str(again.figures) == str(model.figures)


def test_the_rate_of_a_score_never_rises_with_it(model):
    assert (np.diff(model.score_rates.rates) < 0).all()
    assert len(model.score_rates.rates) > 2


def test_a_challenger_is_judged_beside_the_model_and_nothing_of_it_is_kept(sample, model):
    challenged = train(sample, "churn", HORIZON, later(sample), 20, is_challenged=True)
    said = challenged.reason.removeprefix(model.reason)
    # The law is a sum, so trees cannot be better; they are held to the same rules.
    assert said.startswith(" A boosted model of the same features is")
    assert "surely better" not in said
    for rule in ("recency", "usage trend", "health score"):
        assert rule in said
    assert challenged.figures["all", "all"] == pooled(model)
    assert np.array_equal(challenged.regression.coefficients, model.regression.coefficients)


def test_a_challenger_finds_what_no_sum_of_the_features_says(sample):
    """Who is far from usual on both sides leaves, which a sum cannot say."""
    rank = np.abs(sample.column("log_days_since_activity") - 0.5)
    draw = np.random.default_rng(3).random(len(rank))
    bent = replace(sample, event=(draw < 0.25 * (rank > np.quantile(rank, 0.8))).astype(float))
    reason = train(bent, "churn", HORIZON, later(sample), 20, is_challenged=True).reason
    assert "surely better than this one" in reason
