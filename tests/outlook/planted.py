"""Companies whose departures follow from their features by a known law, and a book of theirs.

What is not here: features made of events, which `tests/track_record/test_leakage.py` asks.
"""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import yaml
from jinja2 import Environment

from orchestration.landing.tables import ensure_books
from orchestration.outlook.sample import Sample

PROJECT = Path(__file__).parents[2] / "dbt_project"
SETTINGS = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"]
FEATURES = tuple(SETTINGS["outlook_features"])
FIRST = date(2024, 1, 1)
HORIZON = 42
MATURES_AFTER = 7 + HORIZON + 14
# What the odds follow from: days without activity up, active days down, and two that say nothing.
LAW = {"log_days_since_activity": 0.9, "active_days_against_segment": -0.7}
SEEDS = ("outlook_features", "outlook_promotions")
STEPS = (
    *(
        f"stg_outlook__{table}"
        for table in (
            "outlook_models",
            "outlook_coefficients",
            "outlook_figures",
            "outlook_score_rates",
            "outlook_reference_bins",
            "published_outlooks",
        )
    ),
    "int_outlook_models",
    "int_outlook_models_explained",
    "fct_churn_prediction_contributions",
    "int_outlook_draws",
    "int_outlook_reasons",
    "fct_churn_predictions",
    "int_printed_outlooks",
    "fct_model_track_record",
    "rpt_outlook_models",
    "rpt_outlook_accounts",
    "rpt_outlook_revenue",
    "int_outlook_feature_bins",
    "int_outlook_feature_shares",
    "rpt_outlook_drift",
)


def company(accounts: int = 700, weeks: int = 60, seed: int = 7, base: float = -4.2) -> Sample:
    """Invent Mondays of accounts: each week some leave, by the law, and have no Monday after."""
    draw = np.random.default_rng(seed)
    level = draw.normal(size=(accounts, len(FEATURES)))
    rows, left_in = [], np.full(accounts, weeks * 2)
    for week in range(weeks + 9):
        level = 0.95 * level + 0.31 * draw.normal(size=level.shape)
        hazard = 1 / (1 + np.exp(-(base + sum(
            weight * level[:, FEATURES.index(name)] for name, weight in LAW.items()
        ))))  # fmt: skip
        leaves = (draw.random(accounts) < hazard) & (left_in > weeks * 1.5)
        if week < weeks:
            rows.append((week, level.copy(), left_in > week))
        left_in[leaves] = week
    found = {"values": [], "event": [], "account": [], "monday": []}
    for week, values, is_there in rows:
        account = np.flatnonzero(is_there)
        found["values"].append(values[account])
        # Within the window after a lead of one week.
        ahead = left_in[account] - week
        found["event"].append(((ahead > 1) & (ahead <= 1 + HORIZON // 7)).astype(float))
        found["account"].append(account)
        found["monday"].append(np.full(len(account), FIRST.toordinal() + 7 * week))
    joined = {name: np.concatenate(parts) for name, parts in found.items()}
    values = joined["values"]
    # Some are not asked what they think, and that says nothing.
    values[draw.random(len(values)) < 0.3, FEATURES.index("nps")] = np.nan
    silence = values[:, FEATURES.index("log_days_since_activity")]
    # All are on one plan, and there are no holidays.
    values[:, FEATURES.index("days_since_activity_against_segment")] = silence
    return Sample(
        features=FEATURES,
        names=tuple(f"acc_{number:05d}" for number in range(accounts)),
        known_on=joined["monday"] + MATURES_AFTER,
        segment=np.where(joined["account"] % 3 == 0, "SMB", "mid").astype(object),
        health_score=np.clip(60 - 8 * silence + 10 * draw.normal(size=len(values)), 1, 100),
        is_helped=joined["account"] % 5 == 0,
        **joined,
    )


def render(model: str) -> str:
    """Return the query of a model; the tables that it reads go by the names of their models."""
    files = ("feature_rows", "feature_set", "not_below", "normal")
    macros = "".join((PROJECT / "macros" / f"{file}.sql").read_text() for file in files)
    (path,) = (PROJECT / "models").rglob(f"{model}.sql")
    text = Environment().from_string(macros + path.read_text())
    return text.render(
        ref=lambda name: name,
        source=lambda _, table: f"raw.{table}",
        var=SETTINGS.__getitem__,
        config=lambda **_: "",
    )


def warehouse_of(sample: Sample, as_of: date) -> duckdb.DuckDBPyConnection:
    """Return a connection with the tables that the outlook reads, and an empty book."""
    connection = duckdb.connect()
    ensure_books(connection)
    columns = ", ".join(f"{name} double" for name in FEATURES)
    connection.execute(
        "create table fct_account_features_weekly (account_id varchar, snapshot_date date, "
        f"size_band varchar, mrr decimal(18,2), is_at_risk boolean, {columns})"
    )
    newest = sample.monday == sample.monday.max()
    values = sample.values[newest].T
    given = {
        "account": [sample.names[number] for number in sample.account[newest]],
        "day": [date.fromordinal(int(day)) for day in sample.monday[newest]],
        "mrr": [100 + 7 * int(number) for number in sample.account[newest]],
    } | {
        name: [None if np.isnan(value) else float(value) for value in column]
        for name, column in zip(FEATURES, values, strict=True)
    }
    unnested = ", ".join(f"unnest(${name})" for name in FEATURES)
    connection.execute(
        "insert into fct_account_features_weekly select unnest($account), unnest($day), 'SMB', "
        f"unnest($mrr), true, {unnested}",
        given,
    )
    connection.execute(f"create table stg_run__parameters as select date '{as_of}' as as_of_date")
    connection.execute(
        "create table fct_account_health_daily as select account_id, snapshot_date - 1 as "
        "score_date, 50.0::double as health_score, 'watch' as band from fct_account_features_weekly"
    )
    connection.execute(
        "create table fct_account_daily as select account_id, snapshot_date - 1 as activity_date, "
        "if(hash(account_id) % 4 = 0, 'android', 'web') as platform "
        "from fct_account_features_weekly"
    )
    connection.execute(
        "create table dim_accounts as select distinct account_id, account_id as account_name, "
        "'csm_' || (hash(account_id) % 3) as csm_id, size_band from fct_account_features_weekly"
    )
    connection.execute(
        "create table rpt_accounts as select distinct account_id, false as is_cancelling "
        "from fct_account_features_weekly"
    )
    connection.execute(
        "create table fct_account_outcomes (account_id varchar, snapshot_date date, label varchar, "
        "horizon_days integer, is_event boolean)"
    )
    connection.execute(
        f"create table outlook_features as from read_csv('{PROJECT}/seeds/outlook_features.csv')"
    )
    connection.execute(
        "create table outlook_promotions (model_version varchar, promoted_on date, author varchar, "
        "reason varchar)"
    )
    for step in STEPS:
        connection.execute(f"create view {step} as {render(step)}")
    return connection


def later(sample: Sample) -> date:
    """Return a day on which every outcome of a company is known."""
    return date.fromordinal(int(sample.known_on.max())) + timedelta(days=1)
