"""How records get to a customer system: in batches, each noted before it is sent and after.

A batch that is refused whole is halved until the record is found that spoils it. Where no answer
came, what the system has is read back before anything is sent again. What is not here: which
fields are due, and what a request looks like.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from orchestration.crm.book import Book
from orchestration.crm.choice import INVALID, ChosenField, Key, accepted, hold, refused
from orchestration.crm.exchange import Answer, Stopped, Unanswered, said
from orchestration.crm.systems import (
    CustomerSystem,
    Record,
    Said,
    errors_of,
    is_same,
    named,
    unknown_properties,
)

TRIES = 3
SECONDS_BETWEEN = 1.0
# Answers by which a whole batch is refused though single records may be right.
WHOLE_BATCH = (400, 409, 413, 422)
# Records refused alike, one by one, after which the fault is taken to be none of theirs.
ALIKE = 10


class Delivery:
    """The sending half of one push."""

    def __init__(
        self,
        system: CustomerSystem,
        book: Book,
        number: int,
        day: date,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.system, self.book, self.number, self.day = system, book, number, day
        self.sleep = sleep
        self.done: list[ChosenField] = []
        self.unknown: dict[str, str] = {}
        self.refused_alone: dict[str, int] = defaultdict(int)
        self.accepted_any = False

    def deliver(
        self, due: Sequence[ChosenField], batch_size: int, in_flight: set[Key]
    ) -> list[ChosenField]:
        """Send what is due; return it as it ended.

        Args:
            due: fields to be sent.
            batch_size: most records of a request.
            in_flight: account and property of what an earlier push sent without an answer.
        """
        fields = _by_account(due)
        waiting = [fields[account] for account in fields]
        try:
            for batch in _batches(waiting, batch_size):
                sent = [group for group in batch if any(f.key in in_flight for f in group)]
                rest = self._confirmed(sent) if sent else []
                new = [group for group in batch if group not in sent]
                self._send_known(self._existing([*rest, *new]))
        except (Stopped, Unanswered) as error:
            ended = {field.key for field in self.done}
            self._note(hold([field for field in due if field.key not in ended], str(error)))
        return self.done

    def _existing(self, batch: list[list[ChosenField]]) -> list[list[ChosenField]]:
        """Leave out the records that the system does not have."""
        if not batch:
            return []
        missing = self._asked(lambda: self.system.missing([record_of(group) for group in batch]))
        absent = [group for group in batch if record_of(group).trace in missing]
        self._note(
            [
                _invalid(field, f"it has no record with the key {field.wanted.key!r}")
                for group in absent
                for field in group
            ]
        )
        return [group for group in batch if record_of(group).trace not in missing]

    def _send_known(self, batch: list[list[ChosenField]]) -> None:
        """Send a batch without the properties that the system has been found to lack."""
        lacking = [f for group in batch for f in group if f.wanted.name in self.unknown]
        self._note([refused(f, self.unknown[f.wanted.name], self.day) for f in lacking])
        left = [[f for f in group if f.wanted.name not in self.unknown] for group in batch]
        if left := [group for group in left if group]:
            self._send(left)

    def _send(self, batch: list[list[ChosenField]]) -> None:
        answer, batch = self._written(batch)
        if not batch or answer is None:
            return
        records = [record_of(group) for group in batch]
        names = sorted({name for record in records for name in record.values})
        if answer.is_good:
            said_of = self.system.outcomes(answer, records)
            self._ended(batch, [said_of[record.trace] for record in records])
        elif answer.status not in WHOLE_BATCH:
            raise Stopped(f"status {answer.status}: {said(answer)}")
        elif lacking := unknown_properties(answer, names):
            self.unknown |= lacking
            self._send_known(batch)
        elif len(batch) > 1:
            half = len(batch) // 2
            self._send_known(batch[:half])
            self._send_known(batch[half:])
        else:
            self._alone(batch[0], answer)

    def _written(
        self, batch: list[list[ChosenField]]
    ) -> tuple[Answer | None, list[list[ChosenField]]]:
        """Send a batch until there is an answer; return it, and the records it is about.

        Raises:
            Unanswered: there was none, in all tries.
        """
        for turn in range(TRIES):
            self.book.send([field for group in batch for field in group])
            try:
                return self.system.write([record_of(group) for group in batch]), batch
            except Unanswered as error:
                why = error
            self.sleep(SECONDS_BETWEEN * 2**turn)
            # It may have been done all the same.
            batch = self._confirmed(batch)
            if not batch:
                return None, []
        raise why

    def _confirmed(self, batch: list[list[ChosenField]]) -> list[list[ChosenField]]:
        """Read back what the system has; return the records of which it lacks something."""
        records = [record_of(group) for group in batch]
        found = self._asked(lambda: self.system.read_back(records))
        left = []
        for group, record in zip(batch, records, strict=True):
            there = found.get(record.trace)
            taken = [
                f
                for f in group
                if there is not None
                and f.wanted.name in there
                and is_same(f.wanted.value, there[f.wanted.name])
            ]
            rest = [f for f in group if f not in taken]
            self._note([accepted(f, "read back: it has the value") for f in taken])
            if rest:
                left.append(rest)
        return left

    def _asked(self, ask: Callable) -> object:
        """Ask something that changes nothing, several times if need be."""
        for turn in range(TRIES):
            try:
                return ask()
            except Unanswered as error:
                why = error
                self.sleep(SECONDS_BETWEEN * 2**turn)
        raise why

    def _alone(self, group: list[ChosenField], answer: Answer) -> None:
        """Note a record that is refused by itself; send the properties that are not meant."""
        names = [f.wanted.name for f in group]
        bad = {n for error in errors_of(answer.body) for n in named(error, names)}
        text = f"status {answer.status}: {said(answer)}"
        self._ended([group], [Said(False, text, frozenset(bad))])
        self.refused_alone[text] += 1
        if not self.accepted_any and self.refused_alone[text] >= ALIKE:
            raise Stopped(f"{ALIKE} records in a row were refused alike, {text}")

    def _ended(self, batch: list[list[ChosenField]], answers: list[Said]) -> None:
        again = []
        for group, one in zip(batch, answers, strict=True):
            if one.is_taken:
                self.accepted_any = True
                self._note_later([accepted(f, one.text) for f in group])
                continue
            is_bad = [not one.properties or f.wanted.name in one.properties for f in group]
            fields = [*zip(group, is_bad, strict=True)]
            self._note_later([refused(f, one.text, self.day) for f, bad in fields if bad])
            if rest := [f for f, bad in fields if not bad]:
                again.append(rest)
        self._flush()
        if again:
            # Each time with fewer properties, so this ends.
            self._send_known(again)

    def _note_later(self, fields: Sequence[ChosenField]) -> None:
        self.done.extend(fields)

    def _flush(self) -> None:
        self.book.note(self.number, self.done[self._noted :])
        self._noted = len(self.done)

    _noted = 0

    def _note(self, fields: Sequence[ChosenField]) -> None:
        self._note_later(fields)
        self._flush()


def record_of(group: Sequence[ChosenField]) -> Record:
    """Return what is due of one account as a record; the account is the mark of its answer."""
    first = group[0].wanted
    return Record(
        first.account_id,
        first.key or "",
        first.account_id,
        {field.wanted.name: field.wanted.value for field in group},
    )


def _by_account(due: Sequence[ChosenField]) -> dict[str, list[ChosenField]]:
    found: dict[str, list[ChosenField]] = {}
    for field in due:
        found.setdefault(field.wanted.account_id, []).append(field)
    return found


def _batches(groups: list[list[ChosenField]], size: int) -> Iterator[list[list[ChosenField]]]:
    for start in range(0, len(groups), size):
        yield groups[start : start + size]


def _invalid(field: ChosenField, why: str) -> ChosenField:
    return ChosenField(field.wanted, field.last, INVALID, why)
