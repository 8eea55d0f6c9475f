"""Silences, their thresholds and outcomes by brute force: day by day, from the words of the models.

Days are whole numbers from 1 January 2026. What is here: plain loops over days. What is not here:
any number of days on which the source was not stale; each day is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from tests.running_sums.compiled import FIRST_DAY

STALE_AFTER = 4
NEVER = 10_000


@dataclass(frozen=True)
class Account:
    """Days with activity, when its times as a paying customer begin and end, and its plan."""

    active: tuple[int, ...]
    spells: tuple[tuple[int, int], ...]
    plan: str = "slow"

    def is_customer(self, day: int) -> bool:
        return any(start <= day < end for start, end in self.spells)

    def service_ends_after(self, day: int) -> int:
        """Return the first end of paid service after a day."""
        return min((end for _, end in self.spells if end > day), default=-1)


@dataclass(frozen=True)
class Company:
    """Accounts that are watched from day 0 to a last day."""

    accounts: tuple[Account, ...]
    last_day: int
    heard: frozenset[int] = field(default_factory=frozenset)

    def is_stale(self, day: int) -> bool:
        """Tell whether nobody was heard of for longer than the rhythm allows."""
        spoken = [other for other in self.heard if other <= day]
        return bool(spoken) and day - max(spoken) > STALE_AFTER

    def fresh_days(self, after: int, up_to: int) -> list[int]:
        return [day for day in range(after + 1, up_to + 1) if not self.is_stale(day)]


@dataclass(frozen=True)
class Silence:
    """From a day with activity on: the days without any, and the days that were there to return."""

    account: int
    began: int
    days: tuple[int, ...]
    returned: int | None


def silences(company: Company, up_to: int) -> Iterator[Silence]:
    """Yield every silence of a customer as it stood on a day."""
    for number, account in enumerate(company.accounts):
        active = [day for day in account.active if day <= up_to]
        for began, returned in zip(active, [*active[1:], None], strict=False):
            end = min(returned or NEVER, account.service_ends_after(began), up_to + 1)
            days = tuple(company.fresh_days(began, end - 1))
            yield Silence(number, began, days, returned)


def quarter_of(day: int) -> int:
    """Return the first day of the quarter of a day."""
    date = FIRST_DAY + timedelta(days=day)
    return (date.replace(month=(date.month - 1) // 3 * 3 + 1, day=1) - FIRST_DAY).days


def threshold(company: Company, quarter: int, settings: dict, plan: str = "all") -> int | None:
    """Return the days of silence that count in a quarter, by what was known before it.

    Of a plan there are none where too few silences began on it, nor where it is not told.
    """
    known_on = quarter - 1
    counts = {}
    lengths = range(
        7 * settings["silence_weeks_at_least"], 7 * settings["silence_weeks_at_most"] + 1, 7
    )
    known = [
        silence
        for silence in silences(company, known_on)
        if plan in ("all", company.accounts[silence.account].plan) and plan != "unknown"
    ]
    for length in lengths:
        returns = []
        for silence in known:
            watched = company.fresh_days(silence.began, known_on)
            needed = length + settings["silence_return_days"]
            if len(silence.days) >= length and len(watched) >= needed:
                returned = silence.returned is not None
                returns.append(returned and silence.returned <= watched[needed - 1])
        counts[length] = (len(returns), sum(returns))
    minimum, share = settings["silence_minimum_count"], settings["silence_return_share"]
    if max(many for many, _ in counts.values()) < minimum:
        return None
    few = [
        length
        for length, (many, back) in counts.items()
        if many >= minimum and back <= share * many
    ]
    return min(few, default=max(lengths))


def outcome(
    company: Company, account: Account, monday: int, horizon: int, lead: int, length: int | None
) -> tuple[bool | None, int | None] | None:
    """Return whether an account went silent within the window, and when; None without a row."""
    before = [day for day in account.active if day <= monday]
    if length is None or lead + horizon < length or not before:
        return None
    if 2 * len(company.fresh_days(before[-1], monday)) >= length:
        return None
    if any(before[-1] < end <= monday for _, end in account.spells):
        return None
    window_end, end = monday + lead + horizon, account.service_ends_after(monday)
    if end <= monday + lead:
        return None
    for day in range(monday + 1, min(window_end, end - 1) + 1):
        last = max(other for other in account.active if other <= day)
        if not company.is_stale(day) and len(company.fresh_days(last, day)) == length:
            return (True, day) if day > monday + lead else None
    if end <= window_end:
        return None
    return (None, None) if company.is_stale(window_end) else (False, None)
