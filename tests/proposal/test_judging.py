"""A proposal is judged by those that knew neither the customer nor the time."""

import numpy as np
import pytest

from orchestration.proposal.judging import (
    FOLDS,
    NEEDED_ON_EACH_SIDE,
    Judgement,
    judge,
    split_day,
    unseen_scores,
)
from orchestration.proposal.weights import fold_of
from tests.proposal.planted import past, version


def telling():
    return past(7, [5.0, 0.0, 0.0, 0.0], accounts=200, mondays=20)


def test_where_one_component_decides_the_gain_is_strong_and_seen_on_later_mondays():
    found = judge(version(), telling())
    assert found.verdict == "strong"
    assert found.low > 0.02
    assert found.first_monday is not None


def test_where_nothing_decides_the_written_weights_are_kept():
    assert judge(version(), past(8, [0.0] * 4, accounts=200, mondays=20)).verdict == "keep"


def test_no_outcome_of_a_customer_or_of_a_later_day_reaches_its_own_scores():
    history = telling()
    first_monday = split_day(history)
    before, _ = unseen_scores(version(), history, first_monday)
    fold = fold_of(history.sample.names, FOLDS, "judged")[history.sample.account]
    hidden = (fold == 0) | (history.known_on >= first_monday)
    history.sample.event[hidden] = 1 - history.sample.event[hidden]
    after, _ = unseen_scores(version(), history, first_monday)
    own = (fold == 0) & (history.monday >= first_monday)
    assert np.array_equal(before[own], after[own])
    others = (fold != 0) & (history.monday >= first_monday)
    assert not np.array_equal(before[others], after[others])


def test_the_first_monday_leaves_outcomes_known_before_it_and_outcomes_after_it():
    history = telling()
    first = split_day(history)
    account, event = history.sample.account, history.sample.event == 1
    before = set(account[event & (history.known_on < first)])
    after = set(account[event & (history.monday >= first)])
    assert min(len(before), len(after)) >= NEEDED_ON_EACH_SIDE


def test_a_past_too_short_for_a_first_monday_is_judged_by_other_customers_alone():
    history = past(7, [5.0, 0.0, 0.0, 0.0], accounts=300, mondays=3)
    assert split_day(history) is None
    found = judge(version(), history)
    assert found.first_monday is None
    assert found.verdict == "consider"


@pytest.mark.parametrize(
    ("low", "first_monday", "verdict"),
    [
        (-0.001, 5, "keep"),
        (0.0, 5, "keep"),
        (0.001, 5, "consider"),
        (0.02, 5, "strong"),
        (0.3, None, "consider"),
    ],
)
def test_an_interval_that_holds_zero_keeps_and_only_later_mondays_make_it_strong(
    low, first_monday, verdict
):
    found = Judgement(0.6, 0.7, low, 0.4, 60, first_monday, np.ones((5, 4)))
    assert found.verdict == verdict
