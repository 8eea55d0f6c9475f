"""What a model was worth on rows that it had not seen, beside the plainest rules on the same rows.

Intervals are by accounts, as the rows of an account depend on each other: of areas by the influence
of each account, of the rest by drawing accounts with replacement.
"""

from functools import partial

import numpy as np
from scipy.special import expit, logit

from orchestration.outlook.judged import NONE, Figures, Judged
from orchestration.proposal.areas import Area, area_of, interval_of_difference

RESAMPLES = 100
WORST_SHARE = 0.1
DECILES = 10


def figures_of(judged: Judged, capacity: int, seed: int, is_resampled: bool = False) -> Figures:
    """Return the figures of these rows; of few departures only how many there are."""
    base = {
        "row_count": len(judged.event),
        "account_count": len(np.unique(judged.account)),
        "event_account_count": judged.event_accounts,
        "mean_probability": float(judged.probability.mean()) if len(judged.event) else NONE,
        "outcome_rate": float(judged.event.mean()) if len(judged.event) else NONE,
    }
    if not judged.is_enough:
        return Figures(**base)
    base["outcome_rate_low"], base["outcome_rate_high"] = _rate_interval(judged)
    area = area_of(-judged.probability, judged.event, judged.account, judged.accounts)
    precision, lift, slope = _weighted(judged, np.ones(len(judged.event)))
    found = {
        "auc": area.area,
        "auc_low": area.interval[0],
        "auc_high": area.interval[1],
        "average_precision": precision,
        "lift": lift,
        "capture_rate": _capture(judged, capacity),
        "brier": float(((judged.probability - judged.event) ** 2).mean()),
        "brier_of_rate": float(judged.event.mean() * (1 - judged.event.mean())),
        "brier_of_score_rate": _brier(judged.rate_of_score, judged.event),
        "calibration_slope": slope[1],
        "calibration_intercept": slope[0],
    }
    for rule, values in judged.rules.items():
        found |= _beside(judged, rule, values)
    if is_resampled:
        found |= _resampled(judged, seed)
    return Figures(**base, **found)


def deciles_of(judged: Judged) -> list[Figures]:
    """Return tenths of the rows by what the model said, the safest first."""
    order = np.argsort(judged.probability, kind="stable")
    found = []
    for rows in np.array_split(order, DECILES):
        tenth = judged.where(rows)
        plain = figures_of(tenth, 0, 0) if not len(rows) else None
        low, high = _rate_interval(tenth) if len(rows) else (NONE, NONE)
        found.append(
            plain
            or Figures(
                row_count=len(rows),
                account_count=len(np.unique(tenth.account)),
                event_account_count=tenth.event_accounts,
                mean_probability=float(tenth.probability.mean()),
                outcome_rate=float(tenth.event.mean()),
                outcome_rate_low=low,
                outcome_rate_high=high,
            )
        )
    return found


def _rate_interval(judged: Judged) -> tuple[float, float]:
    """Return the 95 % interval of the rate (Wilson 1927), for as many rows as they are worth.

    What they are worth is by the design effect: how much wider the rate spreads, as the rows of an
    account depend on each other.
    """
    rows, rate = len(judged.event), judged.event.mean()
    off = np.bincount(judged.account, judged.event - rate, judged.accounts)
    spread = rate * (1 - rate) * rows
    effect = (
        max(float((off**2).sum() / spread), 1.0)
        if spread
        else rows / len(np.unique(judged.account))
    )
    count, z = rows / effect, 1.959964
    middle = (rate + z**2 / (2 * count)) / (1 + z**2 / count)
    reach = z * np.sqrt(rate * (1 - rate) / count + z**2 / (4 * count**2)) / (1 + z**2 / count)
    return float(max(middle - reach, 0)), float(min(middle + reach, 1))


def _beside(judged: Judged, rule: str, values: np.ndarray) -> dict[str, float]:
    """Return the area of a rule, and by how much the model's is larger on the same rows."""
    same = judged.where(~np.isnan(values))
    if not same.is_enough:
        return {}
    area = partial(area_of, event=same.event, account=same.account, accounts=same.accounts)
    model, other = area(-same.probability), area(np.round(values[~np.isnan(values)], 9))
    low, high = interval_of_difference(model, other)
    return {
        f"{rule}_auc": other.area,
        f"gain_over_{rule}": model.area - other.area,
        f"gain_over_{rule}_low": low,
        f"gain_over_{rule}_high": high,
    }


def difference(judged: Judged, other: np.ndarray) -> tuple[float, float, float]:
    """Return by how much the model's area is larger than that of other probabilities."""

    def area(probability: np.ndarray) -> Area:
        return area_of(-probability, judged.event, judged.account, judged.accounts)

    new, old = area(judged.probability), area(other)
    return (new.area - old.area, *interval_of_difference(new, old))


def _capture(judged: Judged, capacity: int) -> float:
    """Return the share of the events among the worst accounts of each Monday that are cared for."""
    order = np.lexsort((judged.account, -judged.probability, judged.monday))
    mondays = judged.monday[order]
    starts = np.concatenate([[True], mondays[1:] != mondays[:-1]])
    first = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    is_first = np.arange(len(order)) - first < capacity
    return float(judged.event[order][is_first].sum() / judged.event.sum())


def _brier(probability: np.ndarray, event: np.ndarray) -> float:
    is_known = ~np.isnan(probability)
    return float(((probability - event)[is_known] ** 2).mean()) if is_known.any() else NONE


def _weighted(judged: Judged, weight: np.ndarray) -> tuple[float, float, tuple[float, float]]:
    """Return average precision, lift of the worst tenth, and intercept and slope of calibration."""
    # Rows of one probability are caught, and counted, together: nothing says which is first.
    _, place = np.unique(-judged.probability, return_inverse=True)
    came = np.bincount(place, weight * judged.event)
    rows, events = np.cumsum(np.bincount(place, weight)), np.cumsum(came)
    precision = float((came * events / np.maximum(rows, 1e-12)).sum() / events[-1])
    caught = np.interp(WORST_SHARE * rows[-1], [0, *rows], [0, *events])
    lift = float(caught / events[-1] / WORST_SHARE)
    return precision, lift, _calibration(judged, weight)


def _calibration(judged: Judged, weight: np.ndarray) -> tuple[float, float]:
    """Return intercept and slope of the outcome on the model's log odds (Cox 1958), by Newton."""
    odds = logit(np.clip(judged.probability, 1e-9, 1 - 1e-9))
    columns = np.column_stack([np.ones(len(odds)), odds])
    at = np.array([0.0, 1.0])
    for _ in range(25):
        fitted = expit(columns @ at)
        curve = (columns * (weight * fitted * (1 - fitted))[:, None]).T @ columns
        step = np.linalg.lstsq(curve, columns.T @ (weight * (judged.event - fitted)), rcond=None)[0]
        at = at + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    return float(at[0]), float(at[1])


def _resampled(judged: Judged, seed: int) -> dict[str, float]:
    draw = np.random.default_rng(seed)
    present = np.unique(judged.account)
    off = (judged.probability - judged.event) ** 2
    found = []
    for _ in range(RESAMPLES):
        chosen = draw.choice(present, len(present))
        times = np.bincount(chosen, minlength=judged.accounts)[judged.account].astype(float)
        if (times * judged.event).sum() > 0:
            precision, lift, (_, slope) = _weighted(judged, times)
            brier = np.average(off, weights=times)
            found.append((lift, slope, precision, brier))
    low, high = np.quantile(np.array(found), [0.025, 0.975], axis=0)
    names = ("lift", "calibration_slope", "average_precision", "brier")
    return {
        f"{name}_{end}": float(value)
        for end, values in (("low", low), ("high", high))
        for name, value in zip(names, values, strict=True)
    }
