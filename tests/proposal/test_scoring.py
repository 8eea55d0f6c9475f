"""The score of a version beside a twin that goes by account and pillar, and its balance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from orchestration.proposal.areas import area_of, interval_of_difference
from orchestration.proposal.version import (
    base_scores,
    filled,
    live_versions,
    within_balance,
)
from tests.proposal.planted import version
from tests.track_record.rendered import PROJECT
from tests.track_record.resampled import area, error_of_difference

SCORE = st.one_of(st.floats(1, 100), st.just(float("nan")))
SHARES = arrays(float, 4, elements=st.floats(0.01, 1)).map(lambda parts: parts / parts.sum())


def twin(of, scores):
    """Say the rule again: a missing part leaves its weight to its pillar, a pillar to the rest."""
    sums, whole = 0.0, 0.0
    for pillar in set(of.pillars):
        members = [n for n, own in enumerate(of.pillars) if own == pillar]
        known = [n for n in members if not np.isnan(scores[n])]
        if known:
            weight = sum(of.weights[n] for n in members)
            mean = sum(of.weights[n] * scores[n] for n in known)
            sums += weight * mean / sum(of.weights[n] for n in known)
            whole += weight
    return sums / whole if whole else float("nan")


@given(SHARES, arrays(float, (3, 4), elements=SCORE))
def test_the_score_is_the_weighted_mean_of_what_is_measured_by_pillars(weights, scores):
    of = version(weights)
    expected = [twin(of, row) for row in scores]
    np.testing.assert_allclose(base_scores(of, scores), expected, rtol=0, atol=1e-9)


@given(SHARES, arrays(float, (3, 4), elements=SCORE))
def test_what_stands_in_for_the_missing_leaves_the_score_as_it_is(weights, scores):
    of = version(weights)
    np.testing.assert_allclose(
        filled(of, scores) @ of.weights, base_scores(of, scores), rtol=0, atol=1e-9
    )


@given(SHARES, arrays(bool, 4))
def test_the_balance_holds_and_a_proposal_that_keeps_it_is_not_touched(proposed, is_behavioural):
    of = version((0.4, 0.3, 0.2, 0.1))
    object.__setattr__(of, "is_behavioural", is_behavioural)
    object.__setattr__(of, "pillars", ("engagement", "engagement", "support", "satisfaction"))
    found = within_balance(of, proposed)
    assert found.sum() == pytest.approx(1)
    if of.weights[is_behavioural].sum() >= 0.5:
        assert found[is_behavioural].sum() >= 0.5 - 1e-9
    assert found[3] <= 0.2 + 1e-9
    if proposed[is_behavioural].sum() >= 0.5 and proposed[3] <= 0.2:
        assert np.array_equal(found, proposed)


def test_each_live_version_of_the_seeds_is_read_with_weights_that_sum_to_one():
    versions = live_versions(PROJECT / "seeds")
    assert len({of.model for of in versions}) == len(versions) >= 3
    for of in versions:
        assert of.weights.sum() == pytest.approx(1, abs=1e-9)
        assert of.weights[of.is_behavioural].sum() >= 0.5
        assert [of.band(score) for score in (1, 50, 100)] == ["at_risk", "watch", "healthy"]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_area_and_the_error_of_a_difference_are_those_of_the_track_record(seed):
    rng = np.random.default_rng(seed)
    account = rng.integers(0, 60, 500)
    one, other = rng.integers(1, 30, 500).astype(float), rng.integers(1, 30, 500).astype(float)
    event = (rng.random(500) < 1 / (1 + np.exp(one / 10))).astype(float)
    new, old = (area_of(score, event, account, 60) for score in (one, other))
    assert new.area == pytest.approx(area(one, event, np.ones(500)), abs=1e-12)
    error = error_of_difference(one, other, event, account)
    low, high = interval_of_difference(new, old)
    assert (low + high) / 2 == pytest.approx(new.area - old.area)
    assert high - low == pytest.approx(2 * 1.959964 * error, rel=1e-9)


def test_where_all_pairs_stand_right_the_interval_is_the_area():
    account = np.arange(6)
    found = area_of(np.array([1, 2, 3, 4, 5, 6.0]), np.array([1, 1, 1, 0, 0, 0.0]), account, 6)
    assert (found.area, found.interval) == (1, (1, 1))
