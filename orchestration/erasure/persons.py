"""Who is to be erased: the persons of every open request, by all their marks.

A request that names an account and no person means those who had become its members when it was
made. What is not here: where they occur, which ``rows`` finds out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from orchestration.erasure.marks import address, is_token
from orchestration.erasure.names import ACCOUNTS, PERSONS, collect_names, meant
from orchestration.landing.contract import SourceTable
from orchestration.landing.sql_texts import quoted

# The erasure itself is about these two; every other table is known by its contract.
REQUESTS = "raw.privacy_erasure_requests"
MEMBERSHIPS = "raw.crm_account_users"

# An address of more is a mailbox of several people, or stands for none: whoever else has it did
# not ask for anything.
PERSONS_OF_AN_ADDRESS = 3

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True)
class Requests:
    """The open requests, counted.

    Attributes:
        open: requests that are not fulfilled.
        overdue: those of them that were due before the last complete day.
        unknown: those of them that name an account of which no person is known.
        persons: numbers of persons that they mean.
    """

    open: int
    overdue: int
    unknown: int
    persons: int


def collect_requests(connection: Connection, as_of: date) -> Requests:
    """Read the open requests into temporary tables; count them.

    ``requests_open`` holds request_id, user_id, account_id, requested_at and due_at (UTC), and
    ``requested_persons`` holds request_id and mark, the number of a person.
    """
    collect_names(connection)
    connection.execute(
        "create or replace temp table requests_open as "
        "select distinct request_id, user_id, account_id, requested_at, due_at "
        f"from {REQUESTS} where user_id is null or not {is_token('user_id')}"
    )
    connection.execute(
        "create or replace temp table requested_persons as "
        "select request_id, user_id as mark from requests_open where user_id is not null union "
        "select requests_open.request_id, members.user_id from requests_open "
        f"inner join {MEMBERSHIPS} as members on {meant(ACCOUNTS, 'members.account_id')} = "
        f"{meant(ACCOUNTS, 'requests_open.account_id')} "
        "where requests_open.user_id is null and valid_from <= requested_at "
    )
    # Members may be erased already, by another request.
    counts = connection.execute(
        "select count(distinct request_id), "
        "count(distinct request_id) filter (where due_at < $as_of), "
        "count(distinct request_id) filter (where "
        "request_id not in (select request_id from requested_persons)), "
        f"(select count(distinct mark) from requested_persons where not {is_token('mark')}) "
        "from requests_open",
        {"as_of": as_of},
    ).fetchone()
    return Requests(*counts)


def collect_marks(connection: Connection, tables: Sequence[SourceTable]) -> None:
    """Write ``erased_marks`` (kind, mark), a temporary table of every mark of the persons.

    Whoever has an address of theirs is the same person under another number, and so is whom
    another spelling of the number means; and a device is theirs if nobody else ever signed in on
    it.
    """
    connection.execute(f"create or replace temp table known_addresses as {_addresses(tables)}")
    connection.execute(
        "create or replace temp table shared_addresses as select address from known_addresses "
        f"group by address having count(distinct mark) > {PERSONS_OF_AN_ADDRESS}"
    )
    connection.execute(
        "create or replace temp table signs as select mark, 'address' as kind, address as sign "
        "from known_addresses where address not in (select address from shared_addresses) "
        f"union select mark, 'name', {meant(PERSONS, 'mark')} from "
        f"({_numbers(tables)} union select mark from requested_persons)"
    )
    connection.execute(
        "create or replace temp table erased_marks as with recursive persons as ("
        f"select mark from requested_persons where not {is_token('mark')} union "
        "select others.mark from persons inner join signs as own using (mark) "
        "inner join signs as others on own.kind = others.kind and own.sign = others.sign"
        ") select 'person' as kind, mark from persons"
    )
    connection.execute(
        "insert into erased_marks select distinct 'address', address from known_addresses "
        "inner join erased_marks using (mark) "
        "where address not in (select address from shared_addresses)"
    )
    if devices := _devices(tables):
        connection.execute(
            f"insert into erased_marks select 'device', device from ({devices}) group by device "
            "having bool_and(mark in (select mark from erased_marks where kind = 'person'))"
        )


def _addresses(tables: Sequence[SourceTable]) -> str:
    found = [
        f"select {quoted(person)} as mark, {address(quoted(column))} as address "
        f"from raw.{quoted(table.identifier)} where {quoted(column)} like '%@%' "
        f"and not {is_token(quoted(person))}"
        for table in tables
        for person in table.marks("person")
        # Some systems number people by their addresses.
        for column in (person, *table.marks("address"))
    ]
    return " union ".join(found)


def _numbers(tables: Sequence[SourceTable]) -> str:
    return " union ".join(
        f"select {quoted(person)} as mark from raw.{quoted(table.identifier)} "
        f"where {quoted(person)} is not null and not {is_token(quoted(person))}"
        for table in tables
        for person in table.marks("person")
    )


def _devices(tables: Sequence[SourceTable]) -> str:
    return " union ".join(_pairs(tables))


def _pairs(tables: Sequence[SourceTable]) -> Iterator[str]:
    for table in tables:
        for device in map(quoted, table.marks("device")):
            for person in map(quoted, table.marks("person")):
                yield (
                    f"select {device} as device, {person} as mark "
                    f"from raw.{quoted(table.identifier)} "
                    f"where {device} is not null and {person} is not null "
                    f"and not {is_token(device)}"
                )
