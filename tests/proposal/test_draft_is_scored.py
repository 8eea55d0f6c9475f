"""What the models make of a draft is what the proposal foresaw."""

import random

import numpy as np
import pytest

from orchestration.proposal.curves import Bend
from orchestration.proposal.draft import Draft, write_drafts
from orchestration.proposal.history import read_today
from orchestration.proposal.judging import Proposal, scored
from orchestration.proposal.version import base_scores, live_versions
from tests.health.company import NOW, components, draw_account, opened, score
from tests.health.compiled import PROJECT, lay_down_seeds

ACCOUNTS = 120
READ = (
    "fct_account_health_daily",
    "fct_account_health_components_daily",
    "fct_account_health_overrides_daily",
)


@pytest.fixture(scope="module")
def accounts():
    drawn = random.Random(5)
    asked = components(opened())
    return [draw_account(drawn, f"a{n:03}", asked) for n in range(ACCOUNTS)]


def scored_company(accounts, drafts=None):
    connection = opened()
    lay_down_seeds(connection, drafts)
    score(connection, accounts)
    connection.execute("create schema marts")
    for table in READ:
        connection.execute(f"create view marts.{table} as from main.{table}")
    return connection


def bent(version):
    """Return a bend of each curve that has a middle, and none of those that rise and fall."""
    bends = []
    for curve in version.curves:
        scores = [score for _, score in version.points[curve]]
        is_straight = scores in (sorted(scores), sorted(scores, reverse=True))
        written = np.unique(scores) if is_straight else np.array([])
        proposed = written.copy()
        proposed[1:-1] += (written[2:] - written[1:-1]) / 2 if len(written) > 2 else 0
        bends.append(Bend("as_expected", written, np.round(proposed, 1)))
    return bends


@pytest.mark.parametrize("model", ["mature", "onboarding", "renewal"])
def test_the_models_score_a_draft_as_the_proposal_foresaw(accounts, tmp_path, model):
    (version,) = (v for v in live_versions(PROJECT / "seeds") if v.model == model)
    connection = scored_company(accounts)
    today = read_today(connection, version)
    assert len(today.names) > 8
    known = dict(
        connection.execute(
            "select account_id, base_score from fct_account_health_daily where score_date = ?",
            [NOW],
        ).fetchall()
    )
    assert base_scores(version, today.scores) == pytest.approx(
        [known[name] for name in today.names], abs=1e-9
    )
    weights = version.weights * np.random.default_rng(3).uniform(0.3, 2, len(version.weights))
    proposal = Proposal(weights / weights.sum(), bent(version))
    assert sum(bend.is_bent for bend in proposal.bends) >= 4
    write_drafts(PROJECT / "seeds", tmp_path, [Draft(version, proposal, "a trial", "none")], NOW)
    tried = scored_company(accounts, tmp_path).execute(
        "select account_id, base_score from int_other_model_scores_daily "
        "where model_version_id = ? and model_role = 'shadow' and score_date = ?",
        [f"{model}-2", NOW],
    )
    found = dict(tried.fetchall())
    foreseen = scored(version, proposal, today.scores, today.is_measured)
    # Six decimals of a weight are a ten-thousandth of a point.
    assert [found[name] for name in today.names] == pytest.approx(foreseen, abs=1e-3)
