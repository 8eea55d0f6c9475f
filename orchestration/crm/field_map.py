"""What is written where in a customer system, as the seeds ``crm_*.csv`` say for one day.

A line that cannot be used makes its property invalid, with file and line; the others go on. What
is not here: the values themselves, which ``wanted`` reads.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DESTINATIONS = "crm_destinations.csv"
FIELDS = "crm_field_map.csv"
COLUMNS = {
    DESTINATIONS: ("destination", "object", "key_property", "key_column", "batch_size"),
    FIELDS: (
        *("destination", "property", "source_table", "source_column", "kind", "rounding"),
        *("valid_from", "valid_to", "author"),
    ),
}
KINDS = ("number", "text", "date", "boolean")
# More in one request is refused.
LARGEST_BATCH = {"hubspot": 100, "salesforce": 200}
DECIMALS_AT_MOST = 10
LONGEST_TEXT = 255
EVER = date(9999, 12, 31)


class CrmError(RuntimeError):
    """Nothing can be pushed. The text says why and what to do."""


@dataclass(frozen=True)
class Field:
    """One property of a customer system, and the column that it holds.

    Attributes:
        name: of the property.
        table: published table without its schema.
        column: of that table.
        kind: ``number``, ``text``, ``date`` or ``boolean``.
        rounding: decimals of a number, most characters of a text; None for as it is, or 255.
        place: file and line that say so.
        problem: why it cannot be used; empty where it can.
    """

    name: str
    table: str
    column: str
    kind: str
    rounding: int | None
    place: str
    problem: str = ""


@dataclass(frozen=True)
class Destination:
    """One customer system.

    Attributes:
        name: ``hubspot`` or ``salesforce``.
        object: kind of record that is updated.
        key_property: unique property by which a record is found.
        key_column: column of ``dim_accounts`` that holds its value.
        batch_size: most records of a request.
        fields: its properties.
    """

    name: str
    object: str
    key_property: str
    key_column: str
    batch_size: int
    fields: tuple[Field, ...]


def read_destinations(seeds: Path, day: date) -> list[Destination]:
    """Read the destinations, with the fields that hold on a day.

    Raises:
        CrmError: a seed is not there or lacks a column, or a destination cannot be used.
    """
    fields = [*_rows(seeds / FIELDS)]
    found = []
    for line, row in _rows(seeds / DESTINATIONS):
        place = f"{DESTINATIONS}, line {line}"
        name, batch = row["destination"], row["batch_size"]
        if name not in LARGEST_BATCH:
            raise CrmError(
                f"{place}: {name!r} is no destination; expected {' or '.join(LARGEST_BATCH)}."
            )
        if not (batch.isdecimal() and 1 <= int(batch) <= LARGEST_BATCH[name]):
            raise CrmError(
                f"{place}: batch_size is {batch!r}; expected 1 to {LARGEST_BATCH[name]}, which "
                f"{name} takes in one request."
            )
        if not (row["object"].isidentifier() and row["key_property"].isidentifier()):
            raise CrmError(
                f"{place}: object {row['object']!r} and key_property {row['key_property']!r} must "
                "be names of letters, digits and underscores, as the system has them."
            )
        own = _fields([(n, r) for n, r in fields if r["destination"] == name], day)
        found.append(
            Destination(
                name, row["object"], row["key_property"], row["key_column"], int(batch), tuple(own)
            )
        )
    return found


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file)
            lacking = set(COLUMNS[path.name]) - set(reader.fieldnames or ())
            rows = [
                (reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS[path.name]})
                for row in (reader if not lacking else ())
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CrmError(
            f"{path} cannot be read ({type(error).__name__}); expected a CSV file in UTF-8."
        ) from None
    if lacking:
        raise CrmError(f"{path} has no column {', '.join(sorted(lacking))}.")
    return rows


def _fields(rows: list[tuple[int, Mapping[str, str]]], day: date) -> Iterator[Field]:
    seen: set[str] = set()
    for line, row in rows:
        place = f"{FIELDS}, line {line}"
        problem = _problem(row)
        if not problem:
            ends = _date(row["valid_to"]) or EVER
            if not _date(row["valid_from"]) <= day < ends:
                continue
            if row["property"] in seen:
                problem = f"{row['property']} is mapped twice on {day}"
        if not row["property"] or row["property"] in seen:
            # Two fields of one name would be one row of the book.
            continue
        seen.add(row["property"])
        rounding = int(row["rounding"]) if row["rounding"].isdecimal() else None
        yield Field(
            row["property"],
            row["source_table"],
            row["source_column"],
            row["kind"],
            rounding,
            place,
            f"{place}: {problem}" if problem else "",
        )


def _problem(row: Mapping[str, str]) -> str:
    if not row["property"].isidentifier():
        return f"{row['property']!r} is no name of a property"
    if row["kind"] not in KINDS:
        return f"kind is {row['kind']!r}; expected {', '.join(KINDS)}"
    if row["rounding"] and not row["rounding"].isdecimal():
        return f"rounding is {row['rounding']!r}; expected a whole number or nothing"
    if row["kind"] == "number" and int(row["rounding"] or 0) > DECIMALS_AT_MOST:
        return f"rounding is {row['rounding']}; expected {DECIMALS_AT_MOST} decimals at most"
    for name in ("valid_from", "valid_to"):
        try:
            is_told = _date(row[name]) is not None
        except ValueError:
            return f"{name} is {row[name]!r}; expected a date such as 2026-10-31"
        if name == "valid_from" and not is_told:
            return "valid_from is empty; expected the first day on which this holds"
    return ""


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
