"""Effects of plays: what lots show is right, and what they do not show is not believed."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from orchestration.plays.effects import effects_of
from orchestration.plays.estimate import (
    Estimate,
    adjusted_difference,
    clustered_error,
    difference,
    holm,
)
from orchestration.plays.observations import Observations
from tests.plays.worlds import demonstration, drawn_world

pytestmark = pytest.mark.exhaustive

WORLDS = range(10)
TRUTH = 0.25


@cache
def in_world(seed, **chosen):
    """Return the effects of a drawn world by outcome and method."""
    return by_kind(drawn_world(seed, **chosen))


def by_kind(observations):
    """Return the effects by outcome and method."""
    return {(effect.outcome, effect.method): effect for effect in effects_of(observations)}


@pytest.fixture(scope="module")
def company():
    """The calls of the demonstration company, their effects and the truth."""
    observations, truth = demonstration("demo")
    return by_kind(observations), truth


def covers(estimate: Estimate, truth: float) -> bool:
    return estimate.low <= truth <= estimate.high


def test_a_difference_is_that_of_the_means():
    outcome, treated = np.array([1.0, 3.0, 2.0, 0.0]), np.array([True, True, False, False])
    found = difference(outcome, treated, np.arange(4))
    assert (found.treated, found.control, found.value) == (2.0, 1.0, 1.0)
    # Two variances of 2 over 2 rows each, with four clusters: sqrt((.5 + .5) * 4 / 3).
    assert found.error == pytest.approx(np.sqrt(4 / 3))


def test_rows_of_one_account_count_as_one():
    influence, accounts = np.array([0.1, -0.2, 0.3]), np.array([1, 2, 3])
    once = clustered_error(influence, accounts)
    thrice = clustered_error(np.tile(influence / 3, 3), np.tile(accounts, 3))
    assert thrice == pytest.approx(once)


def test_the_smallest_detectable_effect_is_that_of_the_usual_formula():
    # n = 16 p (1 - p) / delta^2 in each arm: 1,740 for three points of eleven per cent.
    count, rate = 1740, 0.11
    outcome = np.tile(np.arange(count) < rate * count, 2).astype(float)
    treated = np.arange(2 * count) < count
    found = difference(outcome, treated, np.arange(2 * count))
    assert found.smallest_detectable == pytest.approx(0.03, rel=0.02)


def test_what_use_before_explains_narrows_the_interval_and_moves_nothing():
    rng = np.random.default_rng(3)
    before, treated = rng.normal(size=4000), np.arange(4000) % 2 == 0
    outcome = before + 0.3 * treated + rng.normal(size=4000)
    plain = difference(outcome, treated, np.arange(4000))
    adjusted = adjusted_difference(outcome, before, treated, np.arange(4000))
    assert covers(adjusted, 0.3)
    assert adjusted.error**2 == pytest.approx(plain.error**2 / 2, rel=0.1)


def test_p_values_of_several_plays_are_raised_as_holm_says():
    assert holm(np.array([0.01, 0.04, 0.03])) == pytest.approx([0.03, 0.06, 0.06])
    assert holm(np.array([0.9])) == pytest.approx([0.9])
    assert holm(np.array([0.6, 0.7])) == pytest.approx([1.0, 1.0])


@pytest.mark.parametrize("method", ["randomised", "doubly_robust", "matched"])
def test_where_all_that_decides_is_seen_every_way_finds_the_effect(method):
    found = [in_world(seed)["usage", method] for seed in WORLDS]
    estimates = [effect.estimate for effect in found if effect.status == "ok"]
    assert len(estimates) >= len(WORLDS) - 3
    assert sum(covers(estimate, TRUTH) for estimate in estimates) >= len(estimates) - 3
    assert np.mean([estimate.value for estimate in estimates]) == pytest.approx(TRUTH, abs=0.05)


def test_a_plain_comparison_shows_help_to_the_worse_ones_as_harm():
    plain = [in_world(seed)["churn", "naive"].estimate.value for seed in WORLDS]
    assert np.mean(plain) > 0
    drawn = [in_world(seed)["churn", "randomised"].estimate.value for seed in WORLDS]
    assert np.mean(drawn) < -0.02


def test_a_play_that_does_nothing_is_rarely_said_to_do_something():
    found = [in_world(seed, effect=0.0)["usage", "randomised"] for seed in WORLDS]
    assert sum(effect.p_value_holm < 0.05 for effect in found) <= 2


def test_where_something_is_hidden_the_placebo_finds_it_and_the_number_is_withheld():
    for seed in range(4):
        effect = in_world(seed, hidden=1.0)["usage", "doubly_robust"]
        assert (effect.status, effect.estimate) == ("placebo_failed", None)
        assert "for whom nothing was done" in effect.reason


def test_lots_find_the_planted_effects_of_the_demonstration_company(company):
    effects, truth = company
    for outcome, method in (("churn", "randomised"), ("usage", "randomised_adjusted")):
        estimate = effects[outcome, method].estimate
        assert np.sign(estimate.value) == np.sign(truth[outcome])
        assert covers(estimate, truth[outcome]) or abs(estimate.value) < abs(truth[outcome])


def test_what_was_not_drawn_shrinks_to_zero_or_is_withheld_and_never_turns_its_sign(company):
    effects, truth = company
    for (outcome, method), effect in effects.items():
        if effect.is_randomised or method in ("naive", "selection_alone") or not effect.estimate:
            continue
        estimate = effect.estimate
        assert estimate.value * truth[outcome] > 0, method
        is_smaller = abs(estimate.value) < abs(truth[outcome])
        assert covers(estimate, truth[outcome]) or is_smaller, method


def test_the_plain_comparison_of_the_demonstration_company_is_wrong_and_its_twin_says_why(company):
    effects, truth = company
    plain = effects["churn", "naive"].estimate
    assert plain.low > 0 > truth["churn"], "calls that help look as if they drove customers away"
    twin = effects["churn", "selection_alone"].estimate
    assert twin.low > 0, "those who were not called, and stood as low, left more often, too"


def test_too_few_is_no_number_and_says_how_many_are_there():
    world = drawn_world(1, count=60)
    for effect in effects_of(world):
        assert effect.status == "too_few"
        assert effect.estimate is None
        assert "expected 20 of each" in effect.reason


def test_nobody_who_leaves_is_no_estimate_of_who_leaves():
    world = drawn_world(1)
    world.columns["has_left"][:] = False
    effect = by_kind(world)["churn", "randomised"]
    assert (effect.status, effect.reason) == ("too_few", "0 of them left in all; expected 10.")


def test_without_a_draw_the_row_of_the_draw_says_so():
    world = drawn_world(1)
    only = np.isin(world.arm, ("", "none"))
    fewer = Observations(
        *(getattr(world, name)[only] for name in ("accounts", "days", "play", "arm")),
        {name: column[only] for name, column in world.columns.items()},
    )
    effect = by_kind(fewer)["usage", "randomised"]
    assert effect.estimate is None
    assert effect.reason.startswith("Nobody was held out of it by lot")


def test_without_interventions_there_are_no_effects():
    world = drawn_world(1, count=50)
    assert effects_of(replace(world, play=np.full(50, ""), arm=np.full(50, ""))) == []


def test_where_nobody_was_held_out_a_fall_before_anything_began_leaves_no_finding():
    world = drawn_world(3)
    keeps = world.arm != "holdout"
    fewer = Observations(
        *(getattr(world, name)[keeps] for name in ("accounts", "days", "play", "arm")),
        {name: column[keeps] for name, column in world.columns.items()},
    )
    fewer.columns["use_earlier"][:] = fewer.columns["use_before"]
    effect = by_kind(fewer)["usage", "doubly_robust"]
    assert (effect.status, effect.placebo[0]) == ("ok", "earlier")
    fewer.columns["use_earlier"][fewer.arm == "none"] += 0.5
    effect = by_kind(fewer)["usage", "doubly_robust"]
    assert effect.status == "placebo_failed"
    assert "Before anything began" in effect.reason


def test_ten_thousand_names_of_plays_are_no_ten_thousand_comparisons():
    world = drawn_world(1)
    each = np.where(world.play == "", "", np.char.add("play_", world.accounts.astype(str)))
    assert {effect.status for effect in effects_of(replace(world, play=each))} == {"too_few"}


def test_the_same_observations_give_the_same_numbers():
    assert effects_of(drawn_world(2)) == effects_of(drawn_world(2))
