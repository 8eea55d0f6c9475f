"""What the effects are estimated from: rows of ``intermediate.int_play_observations`` as arrays.

What is not here: what is estimated from them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np

TABLE = "intermediate.int_play_observations"
# What was known on the eve of a row, and makes it comparable with others.
FEATURES = (
    *("use_week_before", "use_before", "use_earlier", "health_score", "log_mrr", "log_seats"),
    *("log_tenure", "log_active_users", "active_days_28d", "used_feature_count_28d"),
    *("days_since_last_activity", "ticket_count_28d", "error_session_share"),
)
FLAGS = (
    *("was_leaving", "was_helped_lately", "is_helped_now", "is_outcome_known", "is_use_known"),
    "has_left",
)


@dataclass(frozen=True)
class Observations:
    """Rows of accounts and days, each array shaped (rows,).

    Attributes:
        accounts: number of the account.
        days: day as a number of days.
        play: play of an episode; empty for a Monday on which nothing began.
        arm: treat, holdout or none; empty for such a Monday.
        columns: features and flags by their name; NaN where a feature is not known.
    """

    accounts: np.ndarray
    days: np.ndarray
    play: np.ndarray
    arm: np.ndarray
    columns: dict[str, np.ndarray]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.accounts)

    def outcome(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """Return an outcome and where it is known: ``churn`` as 0 or 1, ``usage`` as a level."""
        if name == "churn":
            return self.columns["has_left"].astype(float), self.columns["is_outcome_known"]
        after = self.columns["use_after"]
        return after, self.columns["is_use_known"] & ~np.isnan(after)


def read_observations(connection: duckdb.DuckDBPyConnection) -> Observations:
    """Read every row, in an order that does not depend on how they were stored."""
    columns = ", ".join([*FEATURES, "use_after", *FLAGS])
    found = connection.execute(
        "select dense_rank() over (order by account_id) as account, "
        "observed_on - date '2000-01-01' as day, play, arm, "
        f"{columns} from {TABLE} "
        "order by account_id, observed_on, play, arm"
    ).fetchnumpy()
    return Observations(
        accounts=np.asarray(found["account"], dtype=np.int64),
        days=np.asarray(found["day"], dtype=float),
        play=np.asarray(found["play"], dtype=str),
        arm=np.asarray(found["arm"], dtype=str),
        columns={
            **{name: _numbers(found[name]) for name in (*FEATURES, "use_after")},
            **{name: np.asarray(found[name], dtype=bool) for name in FLAGS},
        },
    )


def table_of_features(observations: Observations, rows: np.ndarray) -> np.ndarray:
    """Return the features of rows without gaps, and time; what is missing is the median, flagged.

    Args:
        observations: all of them.
        rows: numbers of the rows wanted.
    """
    known = np.column_stack([observations.columns[name][rows] for name in FEATURES])
    missing = np.isnan(known)
    usual = np.array([_median(column) for column in known.T])
    days = (observations.days[rows] - observations.days[rows].mean()) / 91
    return np.column_stack([np.where(missing, usual, known), missing.any(1), days, days**2])


def names_of_features() -> tuple[str, ...]:
    """Return the names of the columns of ``table_of_features``."""
    return (*FEATURES, "is_partly_unknown", "time", "time_squared")


def _median(column: np.ndarray) -> float:
    known = column[~np.isnan(column)]
    return float(np.median(known)) if len(known) else 0.0


def _numbers(column: Iterable[float]) -> np.ndarray:
    return np.ma.filled(np.ma.asarray(column, dtype=float), np.nan)
