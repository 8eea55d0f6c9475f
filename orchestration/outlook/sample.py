"""Mondays of accounts as a model of the outlook learns from them: features, and what came.

They are read from the working file. What is not here: what is learned, which ``logistic`` and
``walk_forward`` know.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from orchestration.landing.sql_texts import quoted

# An account was helped where an intervention was begun in as many days before the Monday.
HELPED_DAYS = 56
OUTCOMES = "marts.fct_account_outcomes"
ROWS = """
with helped as (
    select distinct features.account_id, features.snapshot_date
    from marts.fct_account_features_weekly as features
    inner join intermediate.int_interventions_deduplicated as interventions
        on features.account_id = interventions.account_id
        and interventions.was_done
        and interventions.began_on < features.snapshot_date
        and interventions.began_on >= features.snapshot_date - {helped_days}
)
select features.account_id, features.snapshot_date, outcomes.matures_on, outcomes.is_event,
    coalesce(features.size_band, 'unknown') as segment, health.health_score,
    helped.account_id is not null as is_helped, {columns}
from {outcomes} as outcomes
inner join marts.fct_account_features_weekly as features
    on outcomes.account_id = features.account_id
    and outcomes.snapshot_date = features.snapshot_date
left join marts.fct_account_health_daily as health
    on features.account_id = health.account_id
    and features.snapshot_date - 1 = health.score_date
left join helped
    on features.account_id = helped.account_id
    and features.snapshot_date = helped.snapshot_date
where outcomes.label = ? and outcomes.horizon_days = ? and outcomes.is_event is not null
    and features.is_at_risk
order by features.snapshot_date, features.account_id
"""
FACTS = 7
BEYOND = 1e100
# A contract can be left when it ends: whether it does within the window is known before.
OF_A_HORIZON = re.compile(r"_within_(\d+)d$")


@dataclass(frozen=True)
class Sample:
    """Rows whose outcome is known, from the oldest Monday on.

    Attributes:
        features: names of the columns of ``values``.
        values: a row for each account and Monday; NaN where a feature is not known.
        event: 1 where the outcome happened, 0 where it did not.
        account: number of each row's account, below ``len(names)``.
        names: identifiers of the accounts.
        monday: of each row, as a proleptic ordinal.
        known_on: the day on which its outcome is known, likewise.
        segment: size of the account.
        health_score: of the day before the Monday; NaN where there is none.
        is_helped: whether somebody intervened in the eight weeks before.
    """

    features: tuple[str, ...]
    values: np.ndarray
    event: np.ndarray
    account: np.ndarray
    names: tuple[str, ...]
    monday: np.ndarray
    known_on: np.ndarray
    segment: np.ndarray
    health_score: np.ndarray
    is_helped: np.ndarray

    def where(self, chosen: np.ndarray) -> "Sample":
        """Return the rows that are chosen."""
        rows = (
            "values", "event", "account", "monday", "known_on", "segment", "health_score",
            "is_helped",
        )  # fmt: skip
        return replace(self, **{name: getattr(self, name)[chosen] for name in rows})

    @property
    def event_accounts(self) -> int:
        """Return how many accounts had the outcome: rows of one account are one departure."""
        return len(np.unique(self.account[self.event == 1]))

    @property
    def sha256(self) -> str:
        """Return a hash of all that a model can learn from these rows."""
        digest = hashlib.sha256("|".join([*self.features, *self.names]).encode())
        for column in (self.values, self.event, self.account, self.monday, self.known_on):
            digest.update(np.ascontiguousarray(column, dtype=float).tobytes())
        return digest.hexdigest()

    def column(self, feature: str) -> np.ndarray:
        """Return the values of a feature."""
        return self.values[:, self.features.index(feature)]


def read_sample(
    connection: duckdb.DuckDBPyConnection,
    features: Sequence[str],
    label: str,
    horizon_days: int,
    outcomes: str = OUTCOMES,
) -> Sample:
    """Read the rows of one outcome, with the features that fit its horizon in their order.

    ``outcomes`` is the table that says what came of whom, with the columns of the mart.
    """
    features = [name for name in features if _fits(name, horizon_days)]
    columns = ", ".join(f"features.{quoted(name)}" for name in features)
    query = ROWS.format(columns=columns, helped_days=HELPED_DAYS, outcomes=outcomes)
    rows = connection.execute(query, [label, horizon_days]).fetchall()
    names = sorted({row[0] for row in rows})
    numbers = {name: number for number, name in enumerate(names)}
    values = np.array([row[FACTS:] for row in rows], dtype=float).reshape(-1, len(features))
    # What is no number, or beyond all numbers, is not known, and nobody learns from it.
    values[~(np.abs(values) <= BEYOND)] = np.nan
    return Sample(
        features=tuple(features),
        values=values,
        event=np.array([float(row[3]) for row in rows]),
        account=np.array([numbers[row[0]] for row in rows], dtype=int),
        names=tuple(names),
        monday=np.array([row[1].toordinal() for row in rows], dtype=int),
        known_on=np.array([row[2].toordinal() for row in rows], dtype=int),
        segment=np.array([row[4] for row in rows], dtype=object),
        health_score=np.array([row[5] for row in rows], dtype=float),
        is_helped=np.array([row[6] for row in rows], dtype=bool),
    )


def _fits(feature: str, horizon_days: int) -> bool:
    """Tell whether a feature says nothing of another horizon by its name."""
    within = OF_A_HORIZON.search(feature)
    return within is None or int(within[1]) == horizon_days
