"""The book of the fits: ``raw.lifetime_value_parameters``, where dbt reads them.

A fit is never changed: the next one is of a later day. What is not here: what is fitted, which
``fitting`` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb
import numpy as np

BOOK = "raw.lifetime_value_parameters"
PARAMETERS = ("alpha", "beta", "r", "a", "b", "p", "q", "gamma")


@dataclass(frozen=True)
class Fit:
    """A model fitted to a group of customers, or why it was not.

    Attributes:
        method: name of the model.
        dimension: what customers are grouped by.
        segment: the group.
        term_months: months from one renewal to the next; 0 without contracts.
        status: ok, or what there is too little of.
        reason: the same in words; None where it was fitted.
        customer_count: customers that it rests on.
        event_count: customers who left, or who ordered again.
        observed_periods: renewals up to which enough customers were watched; weeks of orders.
        log_likelihood: of the best fit; None without one.
        seed: what the draws were drawn with.
        data_hash: hash of what it was fitted to.
        names: of the parameters.
        rows: the best fit and then the draws, a parameter a column; none without a fit.
    """

    method: str
    dimension: str
    segment: str
    term_months: int
    status: str
    reason: str | None
    customer_count: int
    event_count: int
    observed_periods: float
    seed: int
    data_hash: str
    log_likelihood: float | None = None
    names: Sequence[str] = ()
    rows: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))


def days_since_fit(connection: duckdb.DuckDBPyConnection) -> int | None:
    """Return the days from the newest fit to the day that is built; None where there is none."""
    found = connection.execute(
        f"select min(as_of_date - fitted_on) from {BOOK} "
        "inner join raw.run_parameters on fitted_on <= as_of_date"
    ).fetchone()
    return found[0]


def write_fits(
    connection: duckdb.DuckDBPyConnection, fitted_on: date, fits: Sequence[Fit], code_version: str
) -> None:
    """Write what was fitted on a day in place of what was fitted on the same day before."""
    connection.begin()
    connection.execute(f"delete from {BOOK} where fitted_on = ?", [fitted_on])
    rows = [row for fit in fits for row in _rows(fitted_on, fit, code_version)]
    if rows:
        places = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into {BOOK} values ({places})", rows)
    connection.commit()


def _rows(fitted_on: date, fit: Fit, code_version: str) -> list[list]:
    drawn = [dict(zip(fit.names, map(float, row), strict=True)) for row in fit.rows] or [{}]
    return [
        [
            *(fitted_on, fit.method, fit.dimension, fit.segment, fit.term_months, number),
            *(parameters.get(name) for name in PARAMETERS),
            *(fit.status, fit.reason, fit.customer_count, fit.event_count),
            *(fit.observed_periods, fit.log_likelihood, fit.seed, fit.data_hash, code_version),
        ]
        for number, parameters in enumerate(drawn)
    ]
