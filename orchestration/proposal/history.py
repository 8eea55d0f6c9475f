"""The customer's own past, as a proposal reads it: scores of Mondays, and what came of them.

It is read from the publication, or from the warehouse where nothing is published yet. What is not
here: what is made of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np

from orchestration.proposal.version import Version
from orchestration.proposal.weights import Sample

OUTCOMES = """
with mondays as (
    select health.account_id, outcomes.label, outcomes.horizon_days, outcomes.is_event
    from marts.fct_account_outcomes as outcomes
    inner join marts.fct_account_health_daily as health
        on outcomes.account_id = health.account_id and outcomes.snapshot_date = health.score_date
    where health.model_version_id = ? and health.health_score is not null
        and outcomes.is_event is not null
)
select label, horizon_days, count(distinct account_id) filter (where is_event) as left_count,
    count(distinct account_id) filter (where not is_event) as stay_count
from mondays group by label, horizon_days order by label, horizon_days
"""
PAST = """
select health.account_id, health.score_date, outcomes.matures_on, outcomes.is_event,
    list(components.component_score order by components.component) as scores,
    list(components.is_available order by components.component) as is_measured,
    list(components.component order by components.component) as components
from marts.fct_account_outcomes as outcomes
inner join marts.fct_account_health_daily as health
    on outcomes.account_id = health.account_id and outcomes.snapshot_date = health.score_date
inner join marts.fct_account_health_components_daily as components
    on health.account_id = components.account_id
    and health.components_date = components.score_date
where health.model_version_id = ? and health.health_score is not null
    and outcomes.is_event is not null and outcomes.label = ? and outcomes.horizon_days = ?
group by all order by health.score_date, health.account_id
"""
TODAY = """
with caps as (
    select account_id, score_date, min(cap) as cap
    from marts.fct_account_health_overrides_daily group by account_id, score_date
)
select health.account_id, coalesce(caps.cap, 100) as cap,
    list(components.component_score order by components.component) as scores,
    list(components.is_available order by components.component) as is_measured,
    list(components.component order by components.component) as components
from marts.fct_account_health_daily as health
inner join marts.fct_account_health_components_daily as components
    on health.account_id = components.account_id
    and health.components_date = components.score_date
left join caps on health.account_id = caps.account_id and health.score_date = caps.score_date
where health.model_version_id = ? and health.health_score is not null
    and health.score_date = (select max(score_date) from marts.fct_account_health_daily)
group by all order by health.account_id
"""


class HistoryError(RuntimeError):
    """The past cannot be read. The text says why and what to do."""


@dataclass(frozen=True)
class Outcomes:
    """How many accounts had an outcome, and how many had not."""

    label: str
    horizon_days: int
    left: int
    stayed: int


@dataclass(frozen=True)
class History:
    """Mondays of accounts that the version scored, with an outcome that is known.

    Attributes:
        sample: scores of the components (NaN where missing), outcomes and accounts.
        is_measured: whether each score is a measurement; a row for each row of the sample.
        monday: of each row, as days since 1970.
        known_on: the day on which the outcome of each row is known.
    """

    sample: Sample
    is_measured: np.ndarray
    monday: np.ndarray
    known_on: np.ndarray

    def where(self, chosen: np.ndarray) -> "History":
        """Return the rows that are chosen."""
        return History(
            self.sample.where(chosen),
            self.is_measured[chosen],
            self.monday[chosen],
            self.known_on[chosen],
        )


@dataclass(frozen=True)
class Today:
    """The accounts that the version scores on the newest day, with the caps on their scores."""

    names: tuple[str, ...]
    scores: np.ndarray
    is_measured: np.ndarray
    caps: np.ndarray


def read_outcomes(connection: duckdb.DuckDBPyConnection, version: Version) -> list[Outcomes]:
    """Count the outcomes of each label and horizon among the accounts that the version scored."""
    return [Outcomes(*row) for row in connection.execute(OUTCOMES, [version.version]).fetchall()]


def read_history(
    connection: duckdb.DuckDBPyConnection, version: Version, label: str, horizon_days: int
) -> History:
    """Read the past of one outcome.

    Raises:
        HistoryError: the components of the seeds are not those that were built.
    """
    rows = connection.execute(PAST, [version.version, label, horizon_days]).fetchall()
    names = sorted({row[0] for row in rows})
    numbers = {name: number for number, name in enumerate(names)}
    sample = Sample(
        scores=_scores(version, rows),
        event=np.array([float(row[3]) for row in rows]),
        account=np.array([numbers[row[0]] for row in rows], dtype=int),
        names=tuple(names),
    )
    return History(
        sample=sample,
        is_measured=_measured(version, rows),
        monday=_days(row[1] for row in rows),
        known_on=_days(row[2] for row in rows),
    )


def read_today(connection: duckdb.DuckDBPyConnection, version: Version) -> Today:
    """Read the newest day.

    Raises:
        HistoryError: the components of the seeds are not those that were built.
    """
    rows = connection.execute(TODAY, [version.version]).fetchall()
    return Today(
        names=tuple(row[0] for row in rows),
        scores=_scores(version, rows),
        is_measured=_measured(version, rows),
        caps=np.array([float(row[1]) for row in rows]),
    )


def read_last_day(connection: duckdb.DuckDBPyConnection) -> date:
    """Return the newest day that is scored."""
    query = "select max(score_date) from marts.fct_account_health_daily"
    return connection.execute(query).fetchone()[0]


def _matrix(version: Version, rows: list[tuple], column: int, missing: float) -> np.ndarray:
    """Return a list of each row as a line, by the components that stand beside it."""
    built = {component for row in rows for component in row[-1]}
    apart = built ^ set(version.components)
    if rows and apart:
        raise HistoryError(
            f"The seeds of {version.version} name other components than those that were built:"
            f" {', '.join(sorted(apart))}. Run make run first."
        )
    places = {component: place for place, component in enumerate(version.components)}
    found = np.full((len(rows), len(version.components)), missing, dtype=float)
    for line, row in enumerate(rows):
        for component, value in zip(row[-1], row[column], strict=True):
            if value is not None:
                found[line, places[component]] = value
    return found


def _scores(version: Version, rows: list[tuple]) -> np.ndarray:
    return _matrix(version, rows, column=-3, missing=np.nan)


def _measured(version: Version, rows: list[tuple]) -> np.ndarray:
    return _matrix(version, rows, column=-2, missing=0) == 1


def _days(dates: Iterable[date]) -> np.ndarray:
    return np.array([day.toordinal() for day in dates], dtype=int)
