"""Fits what a customer is worth to what is built, and writes the parameters into their book.

What is fitted follows from the tables ``int_lifetime_value_renewals`` and ``int_order_histories``
and from nothing else: the same rows give the same parameters and the same draws. Where there is
too little, the book says what is lacking. What is not here: the models, which are modules of their
own, and when it is fitted, which ``assets.lifetime_value`` says.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Sequence

import duckdb
import numpy as np

from orchestration.lifetime_value import order_frequency, order_size, shifted_beta_geometric
from orchestration.lifetime_value.book import Fit, days_since_fit, write_fits
from orchestration.lifetime_value.order_frequency import Fitted, Histories
from orchestration.lifetime_value.shifted_beta_geometric import Renewals
from orchestration.settings.parts import WarehouseSettings
from orchestration.warehouse.connection import Warehouse

# Raised with every change of the models, so that two fits can be told apart.
CODE_VERSION = "1"
RENEWALS = "int_lifetime_value_renewals"
HISTORIES = "int_order_histories"
# Fewer renewals watched say too little about the later ones: fitted to four years of the published
# example, the twelfth is missed by nine points of a hundred.
FEWEST_RENEWALS = 5
FEWEST_AT_RISK = 10
FEWEST_CUSTOMERS = 30
FEWEST_WHO_LEFT = 10
# A mean of orders needs more: four parameters, and most customers order once.
FEWEST_ORDERING = 100
FEWEST_REPEATING = 30
DRAWS = 100
ORDER_DRAWS = 40
DAYS_BETWEEN_FITS = 28
# So that a company of which nothing can be fitted is told so, and is not asked again every day.
NOTHING = Fit(
    method="shifted_beta_geometric",
    dimension="all",
    segment="all",
    term_months=0,
    status="too_few_renewals",
    reason="no renewal was watched, and nobody without a contract ordered",
    customer_count=0,
    event_count=0,
    observed_periods=0.0,
    seed=0,
    data_hash="",
)


def fit_lifetime_value(settings: WarehouseSettings) -> Sequence[Fit]:
    """Fit the models to what is built; write and return the fits, those that lack something too.

    Args:
        settings: where the warehouse is.

    """
    with Warehouse.of(settings).writing() as connection:
        as_of = connection.execute("select as_of_date from raw.run_parameters").fetchone()[0]
        fits = [*contractual(connection), *non_contractual(connection)]
        write_fits(connection, as_of, fits or [NOTHING], CODE_VERSION)
    return fits


def needs_first_fit(settings: WarehouseSettings) -> bool:
    """Tell whether nothing had been fitted by the day that is built."""
    with Warehouse.of(settings).reading() as connection:
        return days_since_fit(connection) is None


def needs_fit(settings: WarehouseSettings) -> bool:
    """Tell whether the newest fit by the day that is built is a month old, or there is none."""
    with Warehouse.of(settings).reading() as connection:
        days = days_since_fit(connection)
    return days is None or days >= DAYS_BETWEEN_FITS


def contractual(connection: duckdb.DuckDBPyConnection) -> Iterable[Fit]:
    """Fit how often customers renew, for each group of them and each term."""
    groups: dict[tuple[str, str, int], list[tuple[int, int, int]]] = {}
    for dimension, segment, term, *row in connection.execute(
        "select dimension, segment, term_months, renewal_number, at_risk_count, left_count "
        f"from intermediate.{RENEWALS} order by all"
    ).fetchall():
        groups.setdefault((dimension, segment, term), []).append(tuple(row))
    for (dimension, segment, term), rows in groups.items():
        yield _renewing(dimension, segment, term, rows)


def _renewing(dimension: str, segment: str, term: int, rows: Sequence[tuple[int, int, int]]) -> Fit:
    renewals = _renewals(rows)
    enough = renewals.at_risk >= FEWEST_AT_RISK
    observed = int(np.flatnonzero(enough)[-1]) + 1 if enough.any() else 0
    left, most = int(renewals.left.sum()), int(renewals.at_risk.max())
    stayed = int(renewals.at_risk.sum()) - left
    told = {
        "method": "shifted_beta_geometric",
        "dimension": dimension,
        "segment": segment,
        "term_months": term,
        "customer_count": most,
        "event_count": left,
        "observed_periods": float(observed),
        "seed": _seed("renewals", dimension, segment, term),
        "data_hash": _hash(rows),
    }
    if observed < FEWEST_RENEWALS:
        every = "a month" if term == 1 else f"{term} months"
        reason = (
            f"{FEWEST_AT_RISK} customers or more were watched up to renewal {observed}, one in "
            f"{every}, and {FEWEST_RENEWALS} are needed"
        )
        return Fit(status="too_few_renewals", reason=reason, **told)
    if most < FEWEST_CUSTOMERS:
        reason = f"{most} customers were watched at once, and {FEWEST_CUSTOMERS} are needed"
        return Fit(status="too_few_customers", reason=reason, **told)
    if min(left, stayed) < FEWEST_WHO_LEFT:
        who = "left" if left < stayed else "renewed"
        reason = f"{min(left, stayed)} customers {who}, and {FEWEST_WHO_LEFT} are needed"
        return Fit(status=f"too_few_{who}", reason=reason, **told)
    fitted = shifted_beta_geometric.fit(renewals)
    drawn = shifted_beta_geometric.draws(fitted, renewals, DRAWS, told["seed"])
    return Fit(
        status="ok",
        reason=None,
        log_likelihood=fitted.log_likelihood,
        names=("alpha", "beta"),
        rows=np.vstack([[fitted.alpha, fitted.beta], drawn]),
        **told,
    )


def _renewals(rows: Sequence[tuple[int, int, int]]) -> Renewals:
    last = max(number for number, _, _ in rows)
    at_risk, left = np.zeros(last), np.zeros(last)
    for number, customers, leavers in rows:
        at_risk[number - 1], left[number - 1] = customers, leavers
    return Renewals(at_risk, left)


def non_contractual(connection: duckdb.DuckDBPyConnection) -> Iterable[Fit]:
    """Fit how often customers without contracts order, and how much, where there are any."""
    rows = connection.execute(
        "select repeat_count, last_order_weeks, watched_weeks, mean_repeat_value "
        f"from intermediate.{HISTORIES} order by all"
    ).fetchall()
    if not rows:
        return
    repeats, last, watched = (
        np.array([row[place] for row in rows], dtype=float) for place in range(3)
    )
    sizes = np.array([row[3] if row[3] is not None else np.nan for row in rows], dtype=float)
    # What costs more than it brings has no place in a model of what is above zero.
    sized = (repeats > 0) & (sizes > 0)
    told = {
        "dimension": "all",
        "segment": "all",
        "term_months": 0,
        "customer_count": len(rows),
        "observed_periods": float(watched.max()),
        "data_hash": _hash(rows),
    }
    histories = Histories(repeats, last, watched)
    yield _ordering(
        {**told, "method": "mbg_nbd", "event_count": int((repeats > 0).sum())},
        order_frequency.PARAMETERS,
        lambda: order_frequency.fit(histories),
        lambda fitted, seed: order_frequency.draws(fitted, histories, ORDER_DRAWS, seed),
    )
    yield _ordering(
        {**told, "method": "gamma_gamma", "event_count": int(sized.sum())},
        order_size.PARAMETERS,
        lambda: order_size.fit(repeats[sized], sizes[sized]),
        lambda fitted, seed: order_size.draws(
            fitted, repeats[sized], sizes[sized], ORDER_DRAWS, seed
        ),
    )


def _ordering(
    told: dict,
    names: Sequence[str],
    fit: Callable[[], Fitted],
    draw: Callable[[Fitted, int], np.ndarray],
) -> Fit:
    told["seed"] = _seed(told["method"])
    for count, needed, status, who in (
        (told["customer_count"], FEWEST_ORDERING, "too_few_customers", "ordered"),
        (told["event_count"], FEWEST_REPEATING, "too_few_repeats", "ordered again"),
    ):
        if count < needed:
            reason = f"{count} customers without a contract {who}, and {needed} are needed"
            return Fit(status=status, reason=reason, **told)
    fitted = fit()
    # A mean of order values exists above 1 only.
    if not fitted.is_inside or (told["method"] == "gamma_gamma" and fitted.parameters[1] <= 1):
        reason = f"the orders do not settle the parameters of {told['method']}"
        return Fit(status="not_settled", reason=reason, **told)
    return Fit(
        status="ok",
        reason=None,
        log_likelihood=fitted.log_likelihood,
        names=names,
        rows=np.vstack([fitted.parameters, draw(fitted, told["seed"])]),
        **told,
    )


def _seed(*names: object) -> int:
    return zlib.crc32(":".join(map(str, names)).encode())


def _hash(rows: Sequence[tuple]) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]
