"""Time: days of the history, their local clocks, and months.

What is here: a day is an integer, 0 is the first day of the history; an instant is UTC
milliseconds since 1970. What is not here: the clock of the machine that runs this.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
NEVER = 10**6
ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Australia/Sydney",
    "America/Sao_Paulo",
)


@dataclass(frozen=True)
class Horizon:
    """The span of the history: so many weeks up to and including a last day."""

    last_day: date
    weeks: int

    @property
    def days(self) -> int:
        """Return the number of days."""
        return 7 * self.weeks

    @property
    def first_day(self) -> date:
        """Return the calendar date of day 0."""
        return self.last_day - timedelta(days=self.days - 1)

    @property
    def epoch_day(self) -> int:
        """Return day 0 counted from 1970-01-01."""
        return (self.first_day - date(1970, 1, 1)).days

    @property
    def end(self) -> int:
        """Return the instant of the midnight after the last day."""
        return self.instant(self.days)

    def date_of(self, day: int) -> date:
        """Return the calendar date of a day."""
        return self.first_day + timedelta(days=int(day))

    def instant(self, day: np.ndarray | int) -> np.ndarray | int:
        """Return the UTC midnight at which a day begins."""
        return (day + self.epoch_day) * DAY_MS

    def day_of(self, calendar: date) -> int:
        """Return the day of a calendar date."""
        return (calendar - self.first_day).days

    def weekday(self, day: np.ndarray | int) -> np.ndarray | int:
        """Return the weekday of a day, Monday is 0."""
        return (day + self.epoch_day + 3) % 7

    def utc_offsets(self) -> np.ndarray:
        """Return milliseconds to subtract from local noon, shaped (zone, day)."""
        offsets = np.empty((len(ZONES), self.days), np.int64)
        for row, name in enumerate(ZONES):
            zone = ZoneInfo(name)
            for day in range(self.days):
                noon = datetime.combine(self.date_of(day), time(12), UTC).astimezone(zone)
                offsets[row, day] = noon.utcoffset().total_seconds() * 1000
        return offsets

    def months_later(self, day: np.ndarray, months: np.ndarray | int) -> np.ndarray:
        """Return the same day of the month some months later; days of month up to 28."""
        dates = (np.asarray(day) + self.epoch_day).astype("datetime64[D]")
        month = dates.astype("datetime64[M]")
        later = (month + months).astype("datetime64[D]") + (dates - month.astype(dates.dtype))
        return later.astype(np.int64) - self.epoch_day

    def next_anniversary(self, start: np.ndarray, day: int, every: np.ndarray) -> np.ndarray:
        """Return the first day after ``day`` that ends a term of so many months."""
        elapsed = np.maximum(day - start, 0)
        terms = np.maximum((elapsed / (30.44 * every)).astype(np.int64), 0)
        for _ in range(3):
            terms += self.months_later(start, terms * every) <= day
        return self.months_later(start, terms * every)

    def to_day_28(self, day: np.ndarray) -> np.ndarray:
        """Return days moved back to the 28th where their month has a later one."""
        dates = (np.asarray(day) + self.epoch_day).astype("datetime64[D]")
        in_month = (dates - dates.astype("datetime64[M]").astype(dates.dtype)).astype(np.int64)
        return day - np.maximum(in_month - 27, 0)
