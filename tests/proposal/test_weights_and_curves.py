"""Laws of proposed weights and curves, on pasts in which it is known what decides."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.proposal.curves import bend_curves
from orchestration.proposal.judging import propose
from orchestration.proposal.weights import SHARE_KEPT, Sample, fit
from tests.proposal.planted import past, version

PULLS = st.lists(st.sampled_from([-3.0, 0.0, 1.0, 4.0]), min_size=4, max_size=4)
few_examples = settings(max_examples=12, deadline=None)


@few_examples
@given(st.integers(0, 10**6), PULLS, st.sampled_from([0.0, 0.4]))
def test_whatever_happened_weights_sum_to_one_and_curves_keep_their_direction(seed, pull, missing):
    found = propose(version(), past(seed, pull, accounts=80, mondays=3, missing=missing))
    assert found.weights.sum() == pytest.approx(1, abs=1e-12)
    assert (found.weights > 0).all()
    for bend in found.bends:
        assert (np.diff(bend.proposed) >= 0).all()
        assert ((bend.proposed >= 1) & (bend.proposed <= 100)).all()


@few_examples
@given(st.integers(0, 10**6))
def test_outcomes_that_no_score_explains_bring_the_written_version_back_exactly(seed):
    # Each account has two Mondays of the same scores, one with the outcome and one without.
    history = past(seed, [0.0] * 4, accounts=60, mondays=2)
    sample = history.sample
    twins = np.tile(sample.scores[sample.account < 60][:60], (2, 1))
    event = np.repeat([0.0, 1.0], 60)
    even = Sample(twins, event, np.tile(np.arange(60), 2), sample.names)
    object.__setattr__(history, "sample", even)
    found = propose(version(), history)
    assert np.array_equal(found.weights, version().weights)
    assert not any(bend.is_bent for bend in found.bends)


def test_scores_that_never_differ_bring_the_written_version_back_exactly():
    history = past(1, [4.0, 0.0, 0.0, 0.0], accounts=100, mondays=4)
    history.sample.scores[:] = 70.0
    found = propose(version(), history)
    assert np.array_equal(found.weights, version().weights)
    assert not any(bend.is_bent for bend in found.bends)


@pytest.mark.parametrize("decides", [0, 3])
def test_the_component_that_decides_gets_more_weight_and_the_others_less(decides):
    pull = [0.0] * 4
    pull[decides] = 5.0
    found = propose(version(), past(7, pull))
    assert found.weights[decides] > 1.5 * version().weights[decides]
    others = np.arange(4) != decides
    assert (found.weights[others] < version().weights[others]).all()


def test_the_same_past_gives_the_same_bits():
    found = [propose(version(), past(7, [5.0, 0.0, 0.0, 1.0])) for _ in range(2)]
    assert found[0].weights.tobytes() == found[1].weights.tobytes()
    for one, other in zip(found[0].bends, found[1].bends, strict=True):
        assert one.proposed.tobytes() == other.proposed.tobytes()


def test_a_component_that_points_the_wrong_way_is_an_alarm_with_its_curve_and_no_negative_weight():
    found = propose(version(), past(3, [4.0, -4.0, 0.0, 0.0]))
    assert [bend.direction for bend in found.bends[:2]] == ["as_expected", "against"]
    assert not found.bends[1].is_bent
    assert 0 < found.weights[1] < version().weights[1] / 2


def test_a_component_that_is_never_measured_keeps_its_weight():
    history = past(5, [5.0, 0.0, 0.0, 0.0])
    history.sample.scores[:, 2] = np.nan
    history.is_measured[:, 2] = False
    found = propose(version(), history)
    assert found.weights[2] == version().weights[2]
    assert found.weights[0] > version().weights[0]
    assert found.bends[2].direction == "never_measured"


def test_the_fewer_the_outcomes_the_nearer_the_weights_stay():
    moved = [
        abs(
            propose(version(), past(7, [5.0, 0.0, 0.0, 0.0], accounts)).weights
            - (0.3, 0.3, 0.2, 0.2)
        ).max()
        for accounts in (30, 1000)
    ]
    assert moved[0] < moved[1]


def test_without_a_limit_the_betas_are_those_that_made_the_past():
    # A twin of the fit: the planted betas, within four of their errors.
    sample = past(11, [3.0, 1.0, 0.5, 2.0], accounts=4000, mondays=5).sample
    _, betas = fit(sample, np.array([0.3, 0.3, 0.2, 0.2]), 0.0)
    assert betas == pytest.approx([3.0, 1.0, 0.5, 2.0], abs=0.35)
    assert (betas >= 0).all()


def test_no_weight_falls_below_what_it_keeps_of_the_written_one():
    found = propose(version(), past(3, [6.0, -6.0, -6.0, 0.0])).weights
    assert (found >= SHARE_KEPT * version().weights - 1e-12).all()
    assert found[1] < 0.2 * version().weights[1]


def stepped(seed, accounts=2000):
    """Return a past in which only scores below 30 of the first component are dangerous."""
    history = past(seed, [0.0] * 4, accounts=accounts, mondays=3)
    rng = np.random.default_rng(seed)
    rate = np.where(history.sample.scores[:, 0] < 30, 0.6, 0.1)
    history.sample.event[:] = rng.random(len(rate)) < rate
    return history


def test_a_curve_bends_towards_what_happened_and_its_ends_keep_their_scores():
    history = stepped(2)
    bend = bend_curves(version(), history.sample, history.is_measured)[0]
    written = dict(zip(bend.written, bend.proposed, strict=True))
    # Above the step all is as safe as it gets: the middle is worth nearly as much as the best.
    assert written[60.0] > 80
    assert (written[1.0], written[100.0]) == (1, 100)


def test_the_fewer_the_outcomes_the_nearer_a_curve_stays():
    moved = []
    for accounts in (60, 2000):
        history = stepped(2, accounts)
        bend = bend_curves(version(), history.sample, history.is_measured)[0]
        moved.append(abs(bend.proposed - bend.written).max())
    assert moved[0] < moved[1]


def test_a_curve_that_the_outcomes_bear_out_keeps_its_points():
    history = past(4, [3.0, 0.0, 0.0, 0.0], accounts=6000, mondays=3)
    bend = bend_curves(version(), history.sample, history.is_measured)[0]
    assert bend.proposed == pytest.approx(bend.written, abs=4)


def test_curves_of_percentiles_and_curves_that_rise_and_fall_are_left_alone():
    history = past(4, [0.0, 0.0, 4.0, 4.0])
    bends = bend_curves(version(), history.sample, history.is_measured)
    assert [bend.direction for bend in bends[2:]] == ["as_expected"] * 2
    assert not any(bend.is_bent for bend in bends[2:])
