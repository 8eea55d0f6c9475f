"""How events travel: late ones, repeated ones, clocks that are wrong, and the file they reach.

What is here: the times of sending and receipt, second deliveries, and the sorting into files by
day of receipt. What is not here: damage to lines (``damage.py``).
"""

from collections.abc import Iterator

import numpy as np

from data.demo.horizon import DAY_MS, HOUR_MS, Horizon

DUPLICATE_SHARE = 0.01
LATE_SHARE = 0.02
LATE_AFTER_MS = HOUR_MS
SKEWED_SHARE = 0.0005
NAIVE_SHARE = 0.002
DAILY_FILES = 14
Columns = dict[str, np.ndarray]


def deliver(events: Columns, rng: np.random.Generator) -> Columns:
    """Add identifiers, times and flags, and append the second deliveries."""
    count = len(events["ts"])
    late = rng.random(count) < LATE_SHARE
    wait = rng.exponential(2000, count) + 200
    wait = np.where(late, np.exp(rng.normal(np.log(3.7 * HOUR_MS), 1.5, count)), wait)
    wait = np.minimum(wait, 20 * DAY_MS).astype(np.int64)
    skewed = (rng.random(count) < SKEWED_SHARE) & ~late
    wait[skewed] = -rng.integers(60_000, 90 * 60_000, skewed.sum())
    drift = np.where(rng.random(count) < 0.03, rng.integers(-5 * HOUR_MS, 5 * HOUR_MS, count), 0)
    columns = {
        **events,
        "id_high": rng.integers(0, 2**63, count, dtype=np.uint64),
        "id_low": rng.integers(0, 2**63, count, dtype=np.uint64),
        "original": events["ts"] + drift,
        "sent": events["ts"] + np.where(wait > 0, wait - 120, wait),
        "received": events["ts"] + wait,
        "skewed": skewed,
        "naive": rng.random(count) < NAIVE_SHARE,
        "again": np.zeros(count, bool),
    }
    again = np.flatnonzero(rng.random(count) < DUPLICATE_SHARE)
    delay = np.exp(rng.normal(np.log(20 * 60_000), 2.0, len(again)))
    delay = np.minimum(delay, 15 * DAY_MS).astype(np.int64) + 1000
    second = {name: values[again] for name, values in columns.items()}
    second |= {"sent": second["sent"] + delay, "received": second["received"] + delay}
    second["again"] = np.ones(len(again), bool)
    return joined([columns, second])


def joined(parts: list[Columns]) -> Columns:
    """Return the parts one below the other; a column that a part lacks is filled with zeros."""
    parts = [part for part in parts if part]
    names = dict.fromkeys(name for part in parts for name in part)
    kinds = {name: next(p[name].dtype for p in parts if name in p) for name in names}
    return {
        name: np.concatenate(
            [part.get(name, np.zeros(len(part["ts"]), kinds[name])) for part in parts]
        )
        for name in names
    }


def file_starts(horizon: Horizon) -> list[int]:
    """Return the first day of each file: weekly, and daily for the last fortnight."""
    return [
        *range(0, horizon.days - DAILY_FILES, 7),
        *range(horizon.days - DAILY_FILES, horizon.days),
    ]


class Sorter:
    """Holds what has not been written yet, and gives it out file by file."""

    def __init__(self, horizon: Horizon) -> None:
        self.horizon = horizon
        self.files = file_starts(horizon)
        self.held: Columns = {}

    def add(self, columns: Columns) -> None:
        """Hold more rows, leaving out what arrives after the end of the history."""
        inside = columns["received"] < self.horizon.end
        self.held = joined([self.held, {name: c[inside] for name, c in columns.items()}])

    def complete(self, before_day: int) -> Iterator[tuple[int, Columns]]:
        """Give out files that end by a day, as first day and rows in order of receipt."""
        while self.files and self._file_end() <= before_day:
            end = self.horizon.instant(self._file_end())
            mine = self.held["received"] < end
            rows = {name: values[mine] for name, values in self.held.items()}
            self.held = {name: values[~mine] for name, values in self.held.items()}
            order = np.argsort(rows["received"], kind="stable")
            yield self.files.pop(0), {name: values[order] for name, values in rows.items()}

    def _file_end(self) -> int:
        return self.files[1] if len(self.files) > 1 else self.horizon.days
