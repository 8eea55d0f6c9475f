"""Which days are full: reached to their end by the events that are usual for them.

A day is not full where next to nothing of its usual events came, on the whole day or from some
time of it on: an export that ended in the evening, or a few events of the morning after. What
is not here: which of the full days is built, which ``parameters`` decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Quarters of an hour, as every offset of a time zone is a whole number of them.
QUARTERS = 96
WEEKS_COMPARED = 4
# After a holiday the weeks before it are the measure.
WEEKS_LOOKED_BACK = 8
FEWEST_COMPARED = 3
# Of fewer usual events, none at all may be chance; so may a quiet end of a day that never holds
# more than a small part of it (of 139 days of the demonstration company none looks broken off).
FEWEST_USUAL = 5
LEAST_PART_OF_A_DAY = 0.04
SMALL_SHARE = 20
# One event alone, where as many are usual, is a clock that is wrong rather than a day.
USUAL_BESIDE_ONE = 10
# A silence in which so many events were missed has to end with more than one of them.
MISSED_IN_A_SILENCE = 20
SHARE_AFTER_A_SILENCE = 4

# Number of events by quarter of an hour of the local day.
Day = Mapping[int, int]


@dataclass(frozen=True)
class Verdict:
    """Whether a day is full, and in words what it lacks where it is not.

    Attributes:
        is_full: whether its events are all there, as far as can be told.
        is_trickle: whether next to nothing came on the whole of it.
        lacks: what is not there; empty for a full day.
    """

    is_full: bool
    is_trickle: bool = False
    lacks: str = ""


FULL = Verdict(is_full=True)


def last_full_day(days: Mapping[date, Day], today: date) -> tuple[date, list[tuple[date, str]]]:
    """Return the last full day before today, and what the later ones lack, the newest first.

    Where no day is full it is the last one: a measure that none meets is none.

    """
    over = [day for day in days if day < today]
    # An export that went on into the next day has reached the end of this one.
    is_followed = sum(days.get(today, {}).values()) >= FEWEST_USUAL
    left_out = []
    for day in sorted(over, reverse=True):
        verdict = judge(days, day, is_followed)
        if verdict.is_full:
            return day, left_out
        is_followed = is_followed or not verdict.is_trickle
        left_out.append((day, verdict.lacks))
    return max(over), []


def judge(days: Mapping[date, Day], day: date, is_followed: bool = False) -> Verdict:
    """Compare a day with the same weekdays before it, or with the week before where they lack.

    Args:
        days: events of the days up to it.
        day: the one that is judged.
        is_followed: whether the export went on after it, so that it cannot have broken off.

    """
    told = days[day]
    count = sum(told.values())
    compared = _compared(days, day)
    if len(compared) >= FEWEST_COMPARED:
        # The second lowest: one holiday among them is no measure.
        usual = sorted(sum(each.values()) for each in compared)[1]
        if count * SMALL_SHARE < usual or (count == 1 and usual >= USUAL_BESIDE_ONE):
            return _trickle(f"{_events(count)}, where {usual:,} are usual")
    missed, usual_before = _silence_before(days, day)
    if missed >= MISSED_IN_A_SILENCE and count <= max(1, usual_before / SHARE_AFTER_A_SILENCE):
        return _trickle(
            f"{_events(count)} after a silence, where {usual_before:,.0f} a day were usual before"
        )
    if len(compared) < FEWEST_COMPARED or is_followed:
        return FULL
    return _broken_off(told, compared)


def _trickle(lacks: str) -> Verdict:
    return Verdict(is_full=False, is_trickle=True, lacks=lacks)


def _broken_off(told: Day, compared: Sequence[Day]) -> Verdict:
    for quarter in range(1, QUARTERS):
        usual = min(_after(each, quarter) for each in compared)
        part = min(_after(each, quarter) / sum(each.values()) for each in compared)
        found = _after(told, quarter)
        if usual < FEWEST_USUAL or part < LEAST_PART_OF_A_DAY:
            return FULL
        if found * SMALL_SHARE < usual:
            at = f"{quarter // 4:02}:{quarter % 4 * 15:02}"
            lacks = f"{_events(found)} from {at} on, where {usual:,} or more are usual"
            return Verdict(is_full=False, lacks=lacks)
    return FULL


def _compared(days: Mapping[date, Day], day: date) -> list[Day]:
    weeks = (day - timedelta(weeks=week) for week in range(1, WEEKS_LOOKED_BACK + 1))
    same = [days[earlier] for earlier in weeks if earlier in days][:WEEKS_COMPARED]
    if len(same) >= FEWEST_COMPARED:
        return same
    week = (day - timedelta(days=back) for back in range(1, 8))
    return [days[earlier] for earlier in week if earlier in days]


def _after(day: Day, quarter: int) -> int:
    return sum(count for at, count in day.items() if at >= quarter)


def _silence_before(days: Mapping[date, Day], day: date) -> tuple[float, float]:
    """Return the events missed since the last day with any, and how many a day were usual."""
    earlier = [other for other in days if other < day]
    if not earlier:
        return 0.0, 0.0
    last = max(earlier)
    month = [other for other in earlier if other > last - timedelta(days=28)]
    total = sum(sum(days[other].values()) for other in month)
    # By all days of the month, or a company that works on Mondays would miss six days a week.
    spanned = (last - min(month)).days + 1
    silent = (day - last).days - 1
    return silent * total / max(spanned, 7), total / len(month)


def _events(count: int) -> str:
    return {0: "no event", 1: "1 event"}.get(count, f"{count:,} events")
