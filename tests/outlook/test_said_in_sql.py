"""What dbt says by the book: the same as Python, explained to the last digit, and settled."""

from datetime import timedelta

import numpy as np
import pytest
from scipy.special import expit

from orchestration.outlook.book import read_live, write_models
from orchestration.outlook.models import Model
from orchestration.outlook.training import train
from tests.outlook.planted import FEATURES, HORIZON, SETTINGS, company, later, warehouse_of

pytestmark = pytest.mark.slow

SET = SETTINGS["outlook_feature_set"]


@pytest.fixture(scope="module")
def sample():
    return company()


@pytest.fixture(scope="module")
def model(sample):
    return train(sample, "churn", HORIZON, later(sample), capacity=20)


@pytest.fixture
def warehouse(sample, model):
    connection = warehouse_of(sample, later(sample))
    write_models(connection, [model], later(sample), SET, "abc")
    yield connection
    connection.close()


def promote(connection, version, day="2025-06-01"):
    connection.execute(
        "insert into outlook_promotions values (?, ?, 'head of success', 'it ranks better')",
        [version, day],
    )


def test_sql_and_python_give_the_same_log_odds(warehouse, sample, model):
    newest = sample.where(sample.monday == sample.monday.max())
    expected = dict(
        zip(
            (sample.names[number] for number in newest.account),
            model.regression.logit(newest),
            strict=True,
        )
    )
    said = warehouse.execute(
        "select account_id, logit, probability from fct_churn_predictions where horizon_days = 42"
    ).fetchall()
    assert len(said) == len(expected) > 100
    for account, logit, probability in said:
        assert abs(logit - expected[account]) < 1e-9
        assert abs(probability - expit(expected[account])) < 1e-9


def test_contributions_sum_to_the_log_odds_with_the_intercept_once(warehouse):
    sums = warehouse.execute(
        "select max(abs(logit - total)), min(intercepts), max(intercepts), count(*) from ("
        "select account_id, sum(contribution) as total, "
        "count(*) filter (where feature = 'intercept') as intercepts "
        "from fct_churn_prediction_contributions group by account_id) "
        "inner join fct_churn_predictions using (account_id) where horizon_days = 42"
    ).fetchone()
    assert sums[0] < 1e-9
    assert sums[1:3] == (1, 1)
    assert sums[3] > 100


def test_an_interval_holds_its_probability_and_is_as_wide_as_the_draws(warehouse, sample, model):
    rows = warehouse.execute(
        "select account_id, probability_low, probability, probability_high "
        "from fct_churn_predictions where horizon_days = 42"
    ).fetchall()
    assert all(low < middle < high for _, low, middle, high in rows)
    newest = sample.where(sample.monday == sample.monday.max())
    columns = np.column_stack(
        [np.ones(len(newest.event))]
        + [term.of(newest.column(term.feature)) for term in model.regression.terms]
    )
    spread = (columns @ model.regression.draws.T).std(axis=1, ddof=1)
    logits = model.regression.logit(newest)
    expected = {
        sample.names[number]: expit(logit + 1.959964 * one)
        for number, logit, one in zip(newest.account, logits, spread, strict=True)
    }
    assert all(abs(high - expected[account]) < 1e-7 for account, _, _, high in rows)


def test_reasons_are_words_for_what_weighs_most(warehouse):
    worst = warehouse.execute(
        "select raised_by from fct_churn_predictions where horizon_days = 42 "
        "order by place limit 20"
    ).fetchall()
    # Two features say the same of silence; the one that weighs more has the word.
    long = ("not active for a long time", "away for longer than others on its plan")
    assert any(words.startswith(long) for (words,) in worst if words)
    assert not any(all(one in (words or "") for one in long) for (words,) in worst)
    best = warehouse.execute(
        "select lowered_by from fct_churn_predictions where horizon_days = 42 "
        "order by place desc limit 20"
    ).fetchall()
    lately = ("active lately", "active more lately than others on its plan")
    assert any(words.startswith(lately) for (words,) in best if words)


def test_revenue_at_risk_adds_up_however_it_is_cut(warehouse):
    rows = warehouse.execute(
        "select dimension, sum(revenue_at_risk), sum(mrr) from rpt_outlook_revenue "
        "where horizon_days = 42 group by dimension"
    ).fetchall()
    (whole,) = {row[2] for row in rows}
    exact = warehouse.execute(
        "select sum(probability * mrr::double) from fct_churn_predictions where horizon_days = 42"
    ).fetchone()[0]
    assert {row[0] for row in rows} == {"all", "size_band", "csm"}
    assert all(abs(float(row[1]) - exact) < 0.05 for row in rows)
    assert exact < float(whole)
    low, middle, high = warehouse.execute(
        "select revenue_at_risk_low, revenue_at_risk, revenue_at_risk_high from "
        "rpt_outlook_revenue where horizon_days = 42 and dimension = 'all'"
    ).fetchone()
    assert low < middle < high


def test_who_asked_to_cancel_or_left_since_is_no_expected_loss(warehouse):
    asked, left = (account for (account,) in warehouse.execute(
        "select account_id from rpt_outlook_accounts where horizon_days = 42 order by place limit 2"
    ).fetchall())  # fmt: skip
    whole = (
        "select account_count from rpt_outlook_revenue where horizon_days = 42 and segment = 'all'"
    )
    (before,) = warehouse.execute(whole).fetchone()
    warehouse.execute("update rpt_accounts set is_cancelling = account_id = ?", [asked])
    warehouse.execute("delete from rpt_accounts where account_id = ?", [left])
    assert warehouse.execute(whole).fetchone() == (before - 2,)
    standings = warehouse.execute(
        "select account_id, standing from rpt_outlook_accounts where horizon_days = 42 "
        "and standing != 'customer'"
    ).fetchall()
    assert sorted(standings) == sorted([(asked, "asked_to_cancel"), (left, "left")])


def status(connection, horizon=42):
    return connection.execute(
        "select distinct status, probability is null from fct_churn_predictions "
        "where horizon_days = ?",
        [horizon],
    ).fetchall()


def card(connection, version):
    return connection.execute(
        "select model_status, explanation from rpt_outlook_models where model_version = ?",
        [version],
    ).fetchone()


def test_a_model_is_a_candidate_until_somebody_promotes_it(warehouse, model):
    assert status(warehouse) == [("candidate", False)]
    assert "decides nothing until somebody promotes it" in card(warehouse, model.version)[1]
    promote(warehouse, model.version)
    assert status(warehouse) == [("ok", False)]


def test_a_promotion_alone_does_not_put_a_model_in_force(warehouse, model):
    warehouse.execute("update raw.outlook_models set is_better = false")
    promote(warehouse, model.version)
    assert status(warehouse) == [("candidate", False)]
    assert "Promoted by head of success, but it did not beat" in card(warehouse, model.version)[1]


def test_a_promoted_model_whose_features_are_gone_says_nothing_and_why(warehouse, model):
    promote(warehouse, model.version)
    warehouse.execute("delete from outlook_features where feature = 'log_days_since_activity'")
    assert status(warehouse) == [("features_missing", True)]
    found, words = card(warehouse, model.version)
    assert found == "features_missing"
    assert "log_days_since_activity" in words
    assert "make train" in words


def test_a_promotion_of_an_unknown_version_is_named(warehouse, model):
    promote(warehouse, "churn-42-19990101-nothing")
    found, words = card(warehouse, "churn-42-19990101-nothing")
    assert found == "unknown_version"
    assert "head of success" in words
    assert status(warehouse) == [("candidate", False)]


def test_what_was_not_trained_says_so_for_each_horizon(sample):
    connection = warehouse_of(sample, later(sample))
    for horizon in SETTINGS["outcome_horizons"]:
        assert status(connection, horizon) == [("not_trained", True)]
    words = {
        row[0]
        for row in connection.execute("select explanation from rpt_outlook_models").fetchall()
    }
    assert len(words) == 3
    assert all("make train" in one for one in words)


def test_a_refusal_stands_on_the_card_with_the_day_it_may_end(sample):
    connection = warehouse_of(sample, later(sample))
    possible = later(sample) + timedelta(days=99)
    refused = Model(
        "churn-42-x", "churn", 42, "insufficient_outcomes", "Too few.", possible_from=possible
    )
    write_models(connection, [refused], later(sample), SET, "abc")
    assert status(connection) == [("insufficient_outcomes", True)]
    said = connection.execute(
        "select explanation, possible_from from rpt_outlook_models where model_version != 'none'"
    ).fetchall()
    assert said == [("Too few.", possible)]


def test_silence_speaks_where_nobody_ever_leaves(sample, model):
    connection = warehouse_of(sample, later(sample))
    nobody = Model("churn-42-x", "churn", 42, "one_outcome_only", "Nobody left.")
    silence = train(sample, "silence", HORIZON, later(sample), 20)
    write_models(connection, [nobody, silence], later(sample), SET, "abc")
    found = connection.execute(
        "select distinct label, model_version from fct_churn_predictions where horizon_days = 42"
    ).fetchall()
    assert found == [("silence", silence.version)]


def test_an_account_whose_feature_is_no_number_gets_none_and_the_rest_goes_on(warehouse):
    warehouse.execute(
        "update fct_account_features_weekly set log_downtime_minutes = 'nan'::double "
        "where account_id = (select min(account_id) from fct_account_features_weekly)"
    )
    found = dict(
        warehouse.execute(
            "select status, count(*) from fct_churn_predictions where horizon_days = 42 group by 1"
        ).fetchall()
    )
    assert found["not_a_number"] == 1
    assert found["candidate"] > 100


def test_what_was_learned_after_a_past_day_is_not_known_on_it(warehouse):
    warehouse.execute("update stg_run__parameters set as_of_date = as_of_date - 100")
    assert status(warehouse) == [("not_trained", True)]


def test_a_book_is_read_back_as_it_was_written(warehouse, sample, model):
    # The seed is a table of a schema of its own in a warehouse.
    warehouse.execute("create schema seeds; create table seeds.outlook_promotions as "
                      "from outlook_promotions")  # fmt: skip
    day = later(sample)

    def live(before=day + timedelta(days=1), feature_set=SET, features=FEATURES):
        return read_live(warehouse, "churn", 42, before, feature_set, features)

    assert live() is None
    warehouse.execute(
        "insert into seeds.outlook_promotions values (?, current_date, 'a', 'b')", [model.version]
    )
    rows = sample.where(np.arange(len(sample.event)) < 500)
    said = live().probability(rows)
    assert np.abs(said - expit(model.regression.logit(rows))).max() < 1e-12
    assert live(before=day) is None
    # What it learned from is gone, or means something else: nothing is set beside it.
    assert live(feature_set="another") is None
    assert live(features=FEATURES[1:]) is None


def test_issued_is_right_and_wrong_and_void_and_open(warehouse, sample, model):
    day = later(sample)
    monday = day - timedelta(days=200)
    printed = [
        ("right_gone", monday, 1, True), ("wrong_alarm", monday, 2, False),
        ("right_quiet", monday, 900, False), ("wrong_quiet", monday, 901, True),
        ("void", monday, 3, None), ("open", day - timedelta(days=10), 4, None),
        ("printed later than the day that is built", day + timedelta(days=4), 5, None),
    ]  # fmt: skip
    for account, on, place, event in printed:
        warehouse.execute(
            "insert into raw.published_outlooks values (?, ?, 42, ?, 'churn', 'ok', 0.3, ?, 'r')",
            [account, on, model.version, place],
        )
        if event is not None:
            warehouse.execute(
                "insert into fct_account_outcomes values (?, ?, 'churn', 42, ?)",
                [account, on, event],
            )
    found = dict(
        warehouse.execute("select account_id, settlement from int_printed_outlooks").fetchall()
    )
    assert found == {account: account.split("_")[0] for account, *_ in printed[:-1]}
    counts = warehouse.execute(
        "select issued_count, right_count, wrong_count, void_count, open_count, row_count, "
        "mean_probability, outcome_rate from fct_model_track_record where fold = 'printed'"
    ).fetchone()
    assert counts == (6, 2, 2, 1, 1, 4, pytest.approx(0.3), 0.5)


def with_a_past(warehouse, weeks=26):
    """Give the newest Monday a past in which nothing changes but by chance; return the Mondays."""
    warehouse.execute(
        "insert into fct_account_features_weekly "
        "select account_id, snapshot_date - 7 * weeks::integer, "
        f"size_band, mrr, is_at_risk, {', '.join(FEATURES)} from fct_account_features_weekly, "
        f"range(1, {weeks}) as earlier (weeks)"
    )
    warehouse.execute(
        "insert into fct_account_daily select features.account_id, features.snapshot_date - 1, "
        "newest.platform from fct_account_features_weekly as features "
        "inner join fct_account_daily as newest on features.account_id = newest.account_id "
        "and features.snapshot_date - 1 < newest.activity_date"
    )
    days = "select distinct snapshot_date from fct_account_features_weekly order by 1 desc"
    return [day for (day,) in warehouse.execute(days).fetchall()]


ALARMS = (
    "select snapshot_date, platform, feature from rpt_outlook_drift where is_alarm order by all"
)


def test_a_feature_that_breaks_raises_the_alarm_and_the_others_do_not(warehouse):
    mondays = with_a_past(warehouse)
    assert warehouse.execute(ALARMS).fetchall() == []
    warehouse.execute(
        "update fct_account_features_weekly set feature_breadth = feature_breadth - 2 "
        "where snapshot_date in (?, ?)",
        mondays[2:4],
    )
    assert warehouse.execute(ALARMS).fetchall() == [
        (mondays[3], "all", "feature_breadth"),
        (mondays[2], "all", "feature_breadth"),
    ]


def test_what_breaks_on_one_platform_is_seen_there_in_its_weeks_only(warehouse):
    mondays = with_a_past(warehouse)
    assert warehouse.execute(ALARMS).fetchall() == []
    on_android = (
        "update fct_account_features_weekly set error_session_share = error_session_share + ? "
        "where snapshot_date = ? and account_id in "
        "(select account_id from fct_account_daily where platform = 'android')"
    )
    # One deviation, of a quarter of the accounts: the whole is hardly spread another way.
    for day in mondays[3:9]:
        warehouse.execute(on_android, [1.2, day])
    assert warehouse.execute(ALARMS).fetchall() == [
        (day, "android", "error_session_share") for day in reversed(mondays[3:9])
    ]


def test_what_everybody_meets_at_once_is_no_sign_of_a_platform(warehouse):
    mondays = with_a_past(warehouse)
    warehouse.execute(
        "update fct_account_features_weekly set log_users_28d = log_users_28d - 1.2 "
        "where snapshot_date = ?",
        [mondays[3]],
    )
    assert [platform for _, platform, _ in warehouse.execute(ALARMS).fetchall()] == ["all"]
