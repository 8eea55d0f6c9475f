"""The book of one destination: what was acknowledged, refused, and is on its way.

It lies in the schema ``raw`` beside what landed, outside of dbt's tables, so that no rebuild loses
it. Each note is one transaction: a kill leaves it as it was before or after. What is not here: the
columns, which ``books.crm`` has.
"""

from collections.abc import Sequence
from datetime import date, datetime

import duckdb
import pyarrow as pa

from orchestration.crm.choice import ACCEPTED, REFUSED, ChosenField, DeadLetter, Key
from orchestration.crm.field_map import Destination

# Pushes of which what was unchanged or held is kept; what was answered stays for good.
PUSHES_KEPT_WHOLE = 30
OURS = "destination = $destination and object = $object"
FIELDS = {
    "account_id": pa.string(),
    "property": pa.string(),
    "value": pa.string(),
    "last_acknowledged_value": pa.string(),
    "status": pa.string(),
    "answer": pa.string(),
    "attempts": pa.int32(),
    "next_try_date": pa.date32(),
}
OF_ROWS = "where (account_id, property) in (select (account_id, property) from {rows})"


class Book:
    """What one destination was told."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, destination: Destination) -> None:
        self.connection = connection
        self.has_letters = True
        self.names = {"destination": destination.name, "object": destination.object}

    def acknowledged(self) -> dict[Key, str | None]:
        """Return what the system has, by account and property."""
        rows = self._ask("select account_id, property, value from raw.crm_acknowledged where {}")
        return {(account, name): value for account, name, value in rows}

    def dead_letters(self) -> dict[Key, DeadLetter]:
        """Return what was refused, by account and property."""
        rows = self._ask(
            "select account_id, property, value, answer, attempts, next_try_date "
            "from raw.crm_dead_letters where {}"
        )
        self.has_letters = bool(rows)
        return {(account, name): DeadLetter(*rest) for account, name, *rest in rows}

    def in_flight(self) -> set[Key]:
        """Return account and property of what was sent and not answered."""
        rows = self._ask("select distinct account_id, property from raw.crm_in_flight where {}")
        return {(account, name) for account, name in rows}

    def accounts_of_pushes(self) -> list[int]:
        """Return how many accounts each push was about that is kept whole, the newest first."""
        rows = self._ask(
            "select count(distinct account_id) from raw.crm_push_fields where {} "
            "group by push_number order by push_number desc "
            f"limit {PUSHES_KEPT_WHOLE - 1}"
        )
        return [count for (count,) in rows]

    def newest_day(self) -> date | None:
        """Return the newest day of which anything was acknowledged or refused."""
        [(day,)] = self._ask(
            "select max(as_of_date) from raw.crm_push_fields where {} "
            f"and status in ('{ACCEPTED}', '{REFUSED}')"
        )
        return day

    def begin(self, fields: Sequence[ChosenField], day: date, moment: datetime, run_id: str) -> int:
        """Note all fields of a push as they were chosen; return its number."""
        [(number,)] = self._ask(
            "select coalesce(max(push_number), 0) + 1 from raw.crm_push_fields where {}"
        )
        self.connection.register("rows", table(fields))
        self.connection.begin()
        self.connection.execute(
            "insert into raw.crm_push_fields by name select $destination as destination, "
            "$object as object, $number as push_number, $day as as_of_date, $moment as pushed_at, "
            "$run_id as run_id, * from rows",
            self.names | {"number": number, "day": day, "moment": moment, "run_id": run_id},
        )
        self.connection.execute(
            f"delete from raw.crm_push_fields where {OURS} and push_number <= $last "
            f"and status not in ('{ACCEPTED}', '{REFUSED}')",
            self.names | {"last": number - PUSHES_KEPT_WHOLE},
        )
        self.connection.commit()
        return number

    def send(self, fields: Sequence[ChosenField]) -> None:
        """Note that these fields are on their way."""
        self.connection.register("rows", table(fields))
        self.connection.begin()
        self.connection.execute(
            "insert into raw.crm_in_flight select $destination, $object, account_id, "
            "property from rows",
            self.names,
        )
        self.connection.commit()

    def note(self, number: int, fields: Sequence[ChosenField]) -> None:
        """Note what became of some fields of a push; nothing of their accounts is on its way."""
        if not fields:
            return
        self.connection.register("rows", table(fields))
        run = self.connection.execute
        self.connection.begin()
        run(
            "update raw.crm_push_fields as book set status = rows.status, answer = rows.answer, "
            "attempts = rows.attempts, next_try_date = rows.next_try_date from rows "
            f"where {OURS} and push_number = $number and book.account_id = rows.account_id "
            "and book.property = rows.property",
            self.names | {"number": number},
        )
        run(
            "merge into raw.crm_acknowledged as book using "
            f"(from rows where status = '{ACCEPTED}') as rows "
            f"on {OURS} and book.account_id = rows.account_id and book.property = rows.property "
            "when matched then update set value = rows.value, push_number = $number "
            "when not matched then insert values ($destination, $object, account_id, property, "
            "value, $number)",
            self.names | {"number": number},
        )
        answered = f"(from rows where status in ('{ACCEPTED}', '{REFUSED}'))"
        # Most pushes have none, and a statement costs the same whatever it finds.
        if self.has_letters or any(field.status == REFUSED for field in fields):
            self.has_letters = True
            run(
                f"delete from raw.crm_dead_letters {OF_ROWS.format(rows=answered)} and {OURS}",
                self.names,
            )
            run(
                "insert into raw.crm_dead_letters select $destination, $object, account_id, "
                "property, value, answer, attempts, next_try_date from rows "
                f"where status = '{REFUSED}'",
                self.names,
            )
        run(
            f"delete from raw.crm_in_flight {OF_ROWS.format(rows=answered)} and {OURS}",
            self.names,
        )
        self.connection.commit()

    def _ask(self, query: str) -> list[tuple]:
        return self.connection.execute(query.format(OURS), self.names).fetchall()


def table(fields: Sequence[ChosenField]) -> pa.Table:
    """Return fields as rows of the book."""
    values = [
        (
            *(f.wanted.account_id, f.wanted.name, f.wanted.value, f.last),
            *(f.status, f.answer, f.attempts, f.next_try_date),
        )
        for f in fields
    ]
    columns = [*zip(*values, strict=True)] or [()] * len(FIELDS)
    return pa.table(
        {
            name: pa.array(column, kind)
            for (name, kind), column in zip(FIELDS.items(), columns, strict=True)
        }
    )
