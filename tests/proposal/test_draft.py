"""A draft is rows below the seeds, which keep every rule of the seeds."""

import csv
import shutil
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from orchestration.proposal.curves import Bend
from orchestration.proposal.draft import SEEDS, Draft, DraftError, rounded, write_drafts
from orchestration.proposal.judging import Proposal
from orchestration.proposal.version import live_versions
from tests.track_record.rendered import PROJECT

LAST_DAY = date(2026, 10, 31)


@pytest.fixture
def seeds(tmp_path):
    folder = tmp_path / "seeds"
    shutil.copytree(PROJECT / "seeds", folder)
    return folder


def drafts(seeds):
    """Return a draft of each live version: other weights, and the first curve bent."""
    made = []
    for number, version in enumerate(live_versions(seeds)):
        weights = version.weights * np.random.default_rng(number).uniform(
            0.8, 1.2, len(version.weights)
        )
        bends = []
        for curve in version.curves:
            written = np.unique([score for _, score in version.points[curve]])
            bends.append(Bend("as_expected", written, written))
        first = next(n for n, curve in enumerate(version.curves) if len(version.points[curve]) > 2)
        bent = bends[first].written.copy()
        bent[1:-1] = np.minimum(bent[1:-1] + 3.5, 100)
        bends[first] = Bend("as_expected", bends[first].written, bent)
        proposal = Proposal(weights / weights.sum(), bends)
        made.append(Draft(version, proposal, "consider: by 60 outcomes, 42 days", "AUC +0.031"))
    return made


def rows(folder, seed):
    with (folder / f"{seed}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@given(arrays(float, st.integers(1, 20), elements=st.floats(1e-3, 1)))
def test_rounded_weights_sum_to_exactly_one_and_move_by_less_than_their_last_digit(weights):
    found = rounded(weights)
    assert sum(found) == 1
    assert all(-weight.as_tuple().exponent <= 6 for weight in found)
    apart = [abs(float(w) - s) for w, s in zip(found, weights / weights.sum(), strict=True)]
    assert max(apart) < 1e-6


def test_the_seeds_stay_as_they_are_and_stand_unchanged_above_the_draft(seeds, tmp_path):
    before = {seed: (seeds / f"{seed}.csv").read_bytes() for seed in SEEDS}
    names = write_drafts(seeds, tmp_path / "draft", drafts(seeds), LAST_DAY)
    assert names == [f"{version.model}-2" for version in live_versions(seeds)]
    for seed, content in before.items():
        assert (seeds / f"{seed}.csv").read_bytes() == content
        written = (tmp_path / "draft" / f"{seed}.csv").read_bytes()
        assert written.startswith(content)
        assert len(written) > len(content)


def test_a_draft_is_a_shadow_from_the_day_after_with_its_reason_and_nobodys_approval(
    seeds, tmp_path
):
    write_drafts(seeds, tmp_path / "draft", drafts(seeds), LAST_DAY)
    (row,) = (
        row
        for row in rows(tmp_path / "draft", "score_model_versions")
        if row["model_version_id"] == "mature-2"
    )
    assert (row["status"], row["version"], row["valid_from"]) == ("shadow", "2", "2026-11-01")
    assert (row["author"], row["approved_by"]) == ("make propose", "")
    assert (row["reason"], row["expected_effect"]) == (
        "consider: by 60 outcomes, 42 days",
        "AUC +0.031",
    )


def test_weights_of_a_draft_sum_to_one_in_all_and_in_each_pillar_and_are_those_proposed(
    seeds, tmp_path
):
    made = drafts(seeds)
    write_drafts(seeds, tmp_path / "draft", made, LAST_DAY)
    for draft in made:
        name = f"{draft.version.model}-2"
        pillars = {
            row["pillar"]: Decimal(row["weight"])
            for row in rows(tmp_path / "draft", "score_pillars")
            if row["model_version_id"] == name
        }
        members = [
            row
            for row in rows(tmp_path / "draft", "score_components")
            if row["model_version_id"] == name
        ]
        assert sum(pillars.values()) == 1
        for pillar in pillars:
            assert sum(Decimal(r["weight"]) for r in members if r["pillar"] == pillar) == 1
        found = {
            r["component"]: float(pillars[r["pillar"]] * Decimal(r["weight"])) for r in members
        }
        wanted = dict(zip(draft.version.components, draft.proposal.weights, strict=True))
        assert found == pytest.approx(wanted, abs=2e-6)


def test_a_bent_curve_gets_a_name_of_its_own_with_the_same_values_and_the_others_are_shared(
    seeds, tmp_path
):
    made = drafts(seeds)
    write_drafts(seeds, tmp_path / "draft", made, LAST_DAY)
    points = rows(tmp_path / "draft", "score_curve_points")
    assert {row["curve"] for row in rows(tmp_path / "draft", "score_components")} == {
        row["curve"] for row in points
    } | {"reference"}
    for draft in made:
        first = next(n for n, bend in enumerate(draft.proposal.bends) if bend.is_bent)
        curve = draft.version.curves[first]
        own = [r for r in points if r["curve"] == f"{curve}_{draft.version.model}_2"]
        written = draft.version.points[curve]
        assert [float(row["x"]) for row in own] == [x for x, _ in written]
        assert [int(row["point_number"]) for row in own] == list(range(1, len(written) + 1))
        rising = [score for _, score in written] == sorted(score for _, score in written)
        scores = [float(row["score"]) for row in own]
        assert scores == sorted(scores, reverse=not rising)


def test_the_same_draft_gives_the_same_bytes(seeds, tmp_path):
    for folder in ("one", "other"):
        write_drafts(seeds, tmp_path / folder, drafts(seeds), LAST_DAY)
    for seed in SEEDS:
        one, other = (tmp_path / folder / f"{seed}.csv" for folder in ("one", "other"))
        assert one.read_bytes() == other.read_bytes()


def test_a_draft_is_not_written_over_the_seeds_nor_into_a_file(seeds, tmp_path):
    with pytest.raises(DraftError, match=r"holds the seeds in force. Name a folder of its own"):
        write_drafts(seeds, seeds / ".." / "seeds", drafts(seeds), LAST_DAY)
    (tmp_path / "taken").write_text("")
    with pytest.raises(DraftError, match=r"cannot be written to .*taken: .*Name another folder"):
        write_drafts(seeds, tmp_path / "taken", drafts(seeds), LAST_DAY)
