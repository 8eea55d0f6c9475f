"""The model of the outlook on a question in which no setting of this project has a part.

Of customers active within 90 days, with three events or more: who does nothing in the next 180? It
learns from every Monday whose answer was known before 2018, once, and is judged on the first Monday
of each quarter from 2019 on, as the description of the organisations' log asks it.
"""

from dataclasses import replace
from datetime import date

import duckdb
from scipy.special import expit

from orchestration.outlook.figures import figures_of
from orchestration.outlook.judged import Judged
from orchestration.outlook.logistic import learn
from orchestration.outlook.models import Model
from orchestration.outlook.sample import Sample, read_sample
from orchestration.outlook.training import rules_of
from orchestration.outlook.walk_forward import (
    TEST_EVENTS,
    TRAINING_EVENTS,
    rates_of_scores,
    thinned,
)
from tests.judge.rows import NO_EVENT_ON, ONCE_A_QUARTER

LABEL, HORIZON = "no_event_180d", 180
LEARNED_BEFORE, JUDGED_FROM = date(2018, 1, 1), date(2019, 1, 1)
EVERY_MONDAY = "true"
EMPTY = """
create or replace temp table outcomes
    (account_id text, snapshot_date date, label text, horizon_days integer, event integer)
"""
# The answer of a Monday is known when its 180 days are over.
KNOWN = """
create or replace temp view answers as
select *, event = 1 as is_event, snapshot_date + horizon_days + 1 as matures_on from outcomes
"""


def ask_plainly(
    connection: duckdb.DuckDBPyConnection, features: tuple[str, ...], capacity: int
) -> Model:
    """Learn from what was known before the one day, and judge from the other on."""
    known = _answered(connection, features, EVERY_MONDAY)
    asked = _answered(connection, features, ONCE_A_QUARTER)
    return learned_and_judged(
        known.where(known.known_on < LEARNED_BEFORE.toordinal()),
        asked.where(asked.monday >= JUDGED_FROM.toordinal()),
        capacity,
    )


def learned_and_judged(known: Sample, asked: Sample, capacity: int) -> Model:
    """Return a model of the known rows with its figures on the others, or why there is none."""
    model = Model(
        version=f"{LABEL}-{known.sha256[:8]}",
        label=LABEL,
        horizon_days=HORIZON,
        status="candidate",
        reason="",
        data_sha256=known.sha256,
        training_event_count=known.event_accounts,
        test_event_count=asked.event_accounts,
    )
    if known.event_accounts < TRAINING_EVENTS or asked.event_accounts < TEST_EVENTS:
        return replace(
            model,
            status="insufficient_outcomes",
            reason=f"{known.event_accounts} customers with it are known before {LEARNED_BEFORE} "
            f"and {asked.event_accounts} are asked about from {JUDGED_FROM} on; "
            f"{TRAINING_EVENTS} and {TEST_EVENTS} are needed.",
        )
    seed = int(known.sha256[:8], 16)
    regression = learn(thinned(known), seed)
    judged = Judged(
        expit(regression.logit(asked)),
        asked.event,
        asked.account,
        len(asked.names),
        asked.monday,
        rules_of(asked),
        rates_of_scores(known).at(asked.health_score),
    )
    figures = {("all", "all"): figures_of(judged, capacity, seed, is_resampled=True)}
    return replace(model, regression=regression, training=known, figures=figures)


def _answered(
    connection: duckdb.DuckDBPyConnection, features: tuple[str, ...], mondays: str
) -> Sample:
    connection.execute(EMPTY)
    connection.execute(NO_EVENT_ON.format(mondays=mondays))
    connection.execute(KNOWN)
    return read_sample(connection, features, LABEL, HORIZON, "answers")
