"""Which fields are sent in a push, and why the others are not.

Every field gets one of five statuses, so that they are all of them: invalid, unchanged, held,
refused and accepted; the last two only once a system has answered. What is not here: how a field
is sent.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from orchestration.crm.wanted import WantedField

ACCEPTED, UNCHANGED, REFUSED = "accepted", "unchanged", "refused"
INVALID, HELD = "invalid", "held"
STATUSES = (ACCEPTED, UNCHANGED, REFUSED, INVALID, HELD)
# What a field is until its answer is in; it stays so where a push is stopped.
NOT_SENT = "not sent: the push was stopped before"
# A refused value rests 1, 2, 4, 8 days and so on, but a month at most.
LONGEST_REST_DAYS = 28
Key = tuple[str, str]


@dataclass(frozen=True)
class DeadLetter:
    """A value that was refused.

    Attributes:
        value: what was refused.
        answer: why.
        attempts: how many times.
        next_try_date: first day on which it is sent again.
    """

    value: str | None
    answer: str
    attempts: int
    next_try_date: date


@dataclass(frozen=True)
class ChosenField:
    """A field with what becomes of it.

    Attributes:
        wanted: the field.
        last: value that the system acknowledged before.
        status: one of ``STATUSES``.
        answer: why, or what the system said.
        attempts: how many times it was refused; None where never.
        next_try_date: when it is sent again; None where it was not refused.
        is_due: whether it is to be sent.
    """

    wanted: WantedField
    last: str | None
    status: str
    answer: str | None = None
    attempts: int | None = None
    next_try_date: date | None = None
    is_due: bool = False

    @property
    def key(self) -> Key:
        """Return account and property."""
        return self.wanted.account_id, self.wanted.name


def choose(
    fields: Iterable[WantedField],
    acknowledged: Mapping[Key, str | None],
    dead_letters: Mapping[Key, DeadLetter],
    day: date,
    in_flight: Set[Key] = frozenset(),
) -> list[ChosenField]:
    """Say of each field whether it is to be sent on a day.

    A field that never had a value has nothing to clear, so it is unchanged. What the system has of
    what is in flight is not known, so it is due.
    """
    return [
        _chosen(
            field,
            acknowledged.get((field.account_id, field.name)),
            dead_letters.get((field.account_id, field.name)),
            day,
            (field.account_id, field.name) in in_flight,
        )
        for field in fields
    ]


def _chosen(
    field: WantedField, last: str | None, dead: DeadLetter | None, day: date, is_in_flight: bool
) -> ChosenField:
    if field.problem:
        return ChosenField(field, last, INVALID, field.problem)
    if field.value == last and not is_in_flight:
        return ChosenField(field, last, UNCHANGED)
    if dead is not None and dead.value == field.value:
        if dead.next_try_date > day:
            answer = f"refused before, tried again from {dead.next_try_date} on: {dead.answer}"
            return ChosenField(field, last, HELD, answer, dead.attempts, dead.next_try_date)
        return ChosenField(field, last, HELD, NOT_SENT, dead.attempts, is_due=True)
    return ChosenField(field, last, HELD, NOT_SENT, is_due=True)


def hold(fields: Sequence[ChosenField], why: str) -> list[ChosenField]:
    """Hold whatever is due, for one reason."""
    return [replace(f, answer=why, is_due=False) if f.is_due else f for f in fields]


def refused(field: ChosenField, answer: str, day: date) -> ChosenField:
    """Return a field that was refused on a day; it rests longer each time."""
    attempts = (field.attempts or 0) + 1
    rest = min(2 ** (attempts - 1), LONGEST_REST_DAYS)
    return replace(
        field,
        status=REFUSED,
        answer=answer,
        attempts=attempts,
        next_try_date=day + timedelta(days=rest),
        is_due=False,
    )


def accepted(field: ChosenField, answer: str) -> ChosenField:
    """Return a field that the system has."""
    return replace(field, status=ACCEPTED, answer=answer, next_try_date=None, is_due=False)
