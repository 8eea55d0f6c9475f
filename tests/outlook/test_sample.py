"""The rows that a model learns from: only what fits its horizon, and only what is a number."""

from datetime import date

import duckdb
import numpy as np
import pytest

from orchestration.outlook.sample import read_sample

FEATURES = ("nps", "term_ends_within_42d", "term_ends_within_91d", "log_mrr")
MONDAY = date(2026, 8, 31)
VALUES = {"a": "0.5", "b": "'NaN'::double", "c": "'inf'::double", "d": "-1e300", "e": "null"}


@pytest.fixture
def warehouse():
    connection = duckdb.connect()
    connection.execute("create schema marts; create schema intermediate")
    rows = " union all ".join(
        f"select '{account}' as account_id, {value} as nps" for account, value in VALUES.items()
    )
    connection.execute(
        f"create table marts.fct_account_features_weekly as select *, date '{MONDAY}' as "
        "snapshot_date, 'SMB' as size_band, true as is_at_risk, 0.0 as term_ends_within_42d, 1.0 "
        f"as term_ends_within_91d, 2.0 as log_mrr from ({rows})"
    )
    connection.execute(
        "create table marts.fct_account_outcomes as select account_id, snapshot_date, unnest([42, "
        "91]) as horizon_days, 'churn' as label, snapshot_date + 63 as matures_on, account_id = "
        "'a' as is_event from marts.fct_account_features_weekly"
    )
    connection.execute(
        "create table marts.fct_account_health_daily (account_id text, score_date date, "
        "health_score double); create table intermediate.int_interventions_deduplicated "
        "(account_id text, was_done boolean, began_on date)"
    )
    yield connection
    connection.close()


@pytest.mark.parametrize(("horizon", "value"), [(42, 0.0), (91, 1.0)])
def test_a_model_learns_from_the_end_of_a_contract_within_its_own_horizon(
    warehouse, horizon, value
):
    sample = read_sample(warehouse, FEATURES, "churn", horizon)
    assert sample.features == ("nps", f"term_ends_within_{horizon}d", "log_mrr")
    assert set(sample.column(f"term_ends_within_{horizon}d")) == {value}


def test_what_is_no_number_is_not_known(warehouse):
    found = read_sample(warehouse, FEATURES, "churn", 42).column("nps")
    assert list(np.isnan(found)) == [value != "0.5" for value in VALUES.values()]
    assert found[0] == 0.5
