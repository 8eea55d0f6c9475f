"""What each component says by itself, against brute force on a small invented company."""

import duckdb
import numpy as np
import pytest

from tests.track_record.rendered import render
from tests.track_record.resampled import area_by_pairs, error_by_accounts

ACCOUNTS, MONDAYS, DRAWS = 120, 8, 800
# What the error of 800 draws leaves open, and what a linear formula does.
TOLERANCE = 0.12
KEY = "(model_version_id, component, label, horizon_days)"


def company(seed=3):
    """Account-Mondays with four components and an outcome that hangs on the mood of the account."""
    rng = np.random.default_rng(seed)
    account = np.repeat(np.arange(ACCOUNTS), MONDAYS)
    mood = rng.normal(0, 1, ACCOUNTS)
    leaves = (rng.random(ACCOUNTS) < 1 / (1 + np.exp(0.5 + 1.5 * mood)))[account]
    noise = rng.normal(0, 0.7, (2, len(account)))
    scores = {
        "telling": np.round(50 + 12 * (mood[account] + noise[0])),
        "reversed": np.round(50 - 12 * (mood[account] + noise[1])),
        "empty": np.repeat(rng.integers(1, 100, ACCOUNTS), MONDAYS).astype(float),
        "constant": np.full(len(account), 100.0),
    }
    event = (leaves & (rng.random(len(account)) < 0.6)).astype(int)
    return {"account": account, "monday": np.tile(np.arange(MONDAYS), ACCOUNTS), "scores": scores,
            "event": event, "is_measured": rng.random(len(account)) < 0.7}  # fmt: skip


def records(company, **settings):
    """Build the model from the company; return its rows by version and component."""
    connection = duckdb.connect()
    connection.execute("create table days (account_id text, day date, number int)")
    connection.executemany(
        "insert into days values (?, date '2026-01-05' + 7 * ?, ?)",
        [
            (f"a{account}", int(monday), number)
            for number, (account, monday) in enumerate(
                zip(company["account"], company["monday"], strict=True)
            )
        ],
    )
    connection.execute("create table int_account_snapshots as "
                       "select account_id, day as snapshot_date from days")  # fmt: skip
    connection.execute("create table scores (number int, component text, score double)")
    for component, score in company["scores"].items():
        rows = [(number, component, float(value)) for number, value in enumerate(score)]
        connection.executemany("insert into scores values (?, ?, ?)", rows)
    connection.execute("create table measured (number int, is_measured bool, event int)")
    connection.executemany(
        "insert into measured values (?, ?, ?)",
        [
            (number, bool(is_measured), int(event))
            for number, (is_measured, event) in enumerate(
                zip(company["is_measured"], company["event"], strict=True)
            )
        ],
    )
    # The Tuesdays hold the opposite, which nobody may read; a component has no value anywhere.
    connection.execute(
        "create table fct_account_health_components_daily as "
        "select account_id, day as score_date, 'm' || number % 2 as model_version_id, "
        "'live' as model_role, component, case when is_measured then score end as component_score, "
        "is_measured as is_available, 0.25 as nominal_weight "
        "from days join scores using (number) join measured using (number) "
        "union all select account_id, day + 1, 'm0', 'live', component, 100 - score, true, 0.25 "
        "from days join scores using (number) "
        "union all select account_id, day, 'm' || number % 2, 'live', 'unmeasured', null, false, "
        "0.1 from days"
    )
    connection.execute(
        "create table int_health_components_daily as select * replace ('draft' as "
        "model_version_id, 'shadow' as model_role, 0.5 as nominal_weight, 100 - component_score as "
        "component_score) from fct_account_health_components_daily where component = 'telling' "
        "union all select * replace ('old' as model_version_id, 'previous' as model_role) "
        "from fct_account_health_components_daily where component = 'telling'"
    )
    connection.execute(
        "create table int_backtest_observations as "
        "select account_id, day as snapshot_date, predictor, "
        "'churn' as label, 42 as horizon_days, event as event_count from days "
        "join measured using (number), (values ('health_score'), ('recency')) as p(predictor)"
    )
    connection.execute(
        "create table fct_account_outcomes as select distinct account_id, snapshot_date, label, "
        "horizon_days from int_backtest_observations"
    )
    query = render("int_component_track_record", **settings)
    found = connection.execute(query)
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {(row["model_version_id"], row["component"]): row for row in rows}


@pytest.fixture(scope="module")
def invented():
    return company()


@pytest.fixture(scope="module")
def found(invented):
    return records(invented)


@pytest.mark.parametrize("component", ["telling", "reversed", "empty", "constant"])
def test_the_auc_of_a_component_is_that_of_all_pairs_of_its_measured_mondays(
    invented, found, component
):
    kept = invented["is_measured"]
    score, event = invented["scores"][component][kept], invented["event"][kept]
    row = found["all", component]
    assert row["auc"] == pytest.approx(area_by_pairs(score, event, np.ones(kept.sum())), abs=1e-11)
    assert row["row_count"] == kept.sum()
    assert row["event_count"] == event.sum()
    assert row["available_share"] == pytest.approx(kept.mean())


def test_its_interval_is_that_of_drawing_whole_accounts_anew(invented, found):
    kept = invented["is_measured"]
    score, event = invented["scores"]["telling"][kept], invented["event"][kept]
    drawn = error_by_accounts(
        lambda weight: area_by_pairs(score, event, weight), invented["account"][kept], DRAWS, seed=5
    )
    row = found["all", "telling"]
    assert row["auc_high"] - row["auc_low"] == pytest.approx(2 * 1.96 * drawn, rel=TOLERANCE)


def test_the_direction_is_told_only_where_the_interval_leaves_one_half(found):
    assert {component: found["all", component]["direction"] for _, component in found} == {
        "telling": "as_expected",
        "reversed": "against",
        "empty": "nothing_to_be_seen",
        "constant": "nothing_to_be_seen",
        "unmeasured": None,
    }


def test_a_component_without_any_value_is_never_measured_and_still_has_its_weight(found):
    row = found["all", "unmeasured"]
    assert (row["status"], row["available_share"], row["row_count"]) == ("never_measured", 0, 0)
    assert (row["auc"], row["nominal_weight"]) == (None, 0.1)


def test_a_draft_is_judged_apart_and_what_is_replaced_is_not(invented, found):
    versions = {version for version, _ in found}
    assert versions == {"all", "m0", "m1", "draft"}
    assert found["draft", "telling"]["direction"] == "against"
    assert found["draft", "telling"]["nominal_weight"] == 0.5
    parts = [found[version, "telling"]["row_count"] for version in ("m0", "m1")]
    assert sum(parts) == found["all", "telling"]["row_count"]


def test_too_few_accounts_with_an_outcome_are_counted_and_not_judged(invented):
    row = records(invented, track_record_minimum_outcomes=100)["all", "telling"]
    assert row["status"] == "insufficient_outcomes"
    assert (row["auc"], row["auc_low"], row["direction"]) == (None, None, None)
    assert 0 < row["event_account_count"] < 100


def test_where_all_pairs_stand_right_there_is_an_auc_of_one_and_a_direction():
    perfect = company()
    perfect["event"] = (perfect["account"] < 40).astype(int)
    perfect["scores"] = {"telling": 100.0 - 50 * perfect["event"]}
    row = records(perfect)["all", "telling"]
    assert (row["auc"], row["auc_low"], row["direction"]) == (1, None, "as_expected")
