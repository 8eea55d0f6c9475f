"""A folder of plain tables that a person has mapped by hand, in its ``mapping.yml``.

    # erp/mapping.yml
    time_zone: Europe/Berlin           # of times without an offset; UTC where left out
    dates: day first                   # of days written as 31.10.2026; else month first
    decimals: comma                    # of numbers written as 1.234,50
    tables:
      customers:                       # erp/customers.csv, or files in erp/customers/
        becomes: crm/accounts
        columns: {account_id: Customer No, name: Name, created_at: Since}
        constants: {account_type: customer}
        amounts_in_units: []           # columns of minor units that are told in units, if any
        durations_in_seconds: []       # columns of milliseconds that are told in seconds; or
                                       # durations_in_microseconds, durations_in_nanoseconds
        last_days: []                  # ends that are told as the last day of what ends
        deleted_by: [Deleted]

A table of which two things are made has a list of such entries. It is an adapter as all others
are, only that its SQL follows from the mapping. What is not here: who writes the mapping.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from orchestration.adapters.columns import why_none
from orchestration.adapters.definition import Adapter, VendorTable, Write
from orchestration.adapters.folders import Folder, look_at
from orchestration.adapters.headers import NO_HEADER, has_no_header, names_told
from orchestration.adapters.mapping_file import MappingError, said_in
from orchestration.adapters.mapping_query import NUMBERS, Written, in_minor, query_of
from orchestration.adapters.mapping_units import DURATIONS, unsaid_amounts, unsaid_durations
from orchestration.adapters.recognition import Recognition, recognise
from orchestration.landing.contract import SourceTable
from orchestration.landing.files import shown

MAPPING = "mapping.yml"
# Before the names of its tables and columns in SQL, so that none of them is one of ours.
PREFIX = "said "
DATES = {"day first": "day_first", "month first": "month_first"}
DECIMALS = {"comma": "decimal_comma"}
SETTINGS = {"time_zone", "dates", "decimals", "tables"}
SHAPES = {
    **{"becomes": str, "columns": dict, "constants": dict, **dict.fromkeys(DURATIONS, list)},
    **{"amounts_in_units": list, "last_days": list, "deleted_by": list},
}
KEYS = {*SHAPES}
KINDS = {str: "text", dict: "list of names with a text each", list: "list of texts"}


def recognition_of(
    landing: Path, name: str, declared: Iterable[SourceTable], draft: Path | None = None
) -> Recognition:
    """Decide what reads a folder: its mapping or a draft of it, else the adapter it fits."""
    folder, path = look_at(landing, name), draft or landing / name / MAPPING
    if not os.path.lexists(path):
        return recognise(folder)
    try:
        adapter = read_mapping(path, {table.folder: table for table in declared})
        _check_columns(adapter, folder)
    except MappingError as error:
        return Recognition(folder, problem=f"its {MAPPING} cannot be used: {error}")
    tables = {said: folder.tables[said] for said in adapter.tables if said in folder.tables}
    unread = tuple(said for said in folder.tables if said not in adapter.tables)
    return Recognition(folder, adapter, tables, unread, lacking=dict(_lacking(adapter, folder)))


def mapping_tells_dates(folder: Path) -> bool:
    """Tell whether the mapping of a folder can be read and says how days are written."""
    with suppress(MappingError, AttributeError):
        return str(said_in(folder / MAPPING).get("dates")) in DATES
    return False


def read_mapping(path: Path, declared: Mapping[str, SourceTable]) -> Adapter:
    """Read a mapping as an adapter.

    Raises:
        MappingError: it cannot be used.

    """
    said = said_in(path)
    if not isinstance(said, dict) or not isinstance(said.get("tables"), dict):
        raise MappingError("expected the key tables, with a table of the folder in each line")
    written = _written(said)
    tables: dict[str, VendorTable] = {}
    writes: dict[tuple[str, str], Write] = {}
    for name, entry in _entries(said["tables"]):
        table, write = _mapped(name, entry, declared, written)
        if (write.landing_table, name) in writes:
            raise MappingError(f"table {name} becomes {write.landing_table} twice")
        tables[name] = _joined(table, tables.get(name))
        _check_capitals(f"table {shown(name)} names the columns", tables[name].read)
        writes[write.landing_table, name] = write
    _check_capitals("it names the tables", tables)
    return Adapter(
        vendor=path.parent.name, dialect="mapping", title=f"mapped by hand in {MAPPING}",
        folder=path.parent, recognised_by=tuple(tables), tables=tables,
        writes=tuple(writes.values()),
        cannot_carry={},
    )  # fmt: skip


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, entries in tables.items():
        yield from ((str(name), e) for e in (entries if isinstance(entries, list) else [entries]))


def _written(said: Mapping[str, Any]) -> Written:
    if unknown := sorted({*map(str, said)} - SETTINGS):
        raise MappingError(
            f"it has the keys {', '.join(unknown)}; expected {', '.join(sorted(SETTINGS))}"
        )
    zone = said.get("time_zone") or "UTC"
    if not isinstance(zone, str):
        raise MappingError("time_zone is no text; expected a name such as Europe/Berlin")
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as error:
        raise MappingError(
            f"time_zone is {zone!r}, which is no time zone; expected a name such as Europe/Berlin"
        ) from error
    chosen = []
    for key, known in (("dates", DATES), ("decimals", DECIMALS)):
        word = said.get(key)
        if word and (not isinstance(word, str) or word not in known):
            raise MappingError(f"{key} is {word!r}; expected {' or '.join(known)}, or nothing")
        chosen.append(known[word] if word else None)
    return Written(zone, *chosen)


def _joined(table: VendorTable, other: VendorTable | None) -> VendorTable:
    """Return a table with the columns of both."""
    if other is None:
        return table
    columns = tuple(dict.fromkeys((*other.required, *table.required)))
    numbers = tuple(dict.fromkeys((*other.numbers, *table.numbers)))
    return replace(table, required=columns, numbers=numbers)


def _mapped(
    name: str, entry: Any, declared: Mapping[str, SourceTable], written: Written
) -> tuple[VendorTable, Write]:
    if not isinstance(entry, dict) or not {"becomes", "columns"} <= {*entry} <= KEYS:
        raise MappingError(f"table {shown(name)} has other keys than {', '.join(sorted(KEYS))}")
    for key, kind in SHAPES.items():
        values = entry.get(key) or kind()
        texts = [*values, *values.values()] if isinstance(values, dict) else values
        if not isinstance(values, kind) or not all(isinstance(text, str) for text in texts):
            raise MappingError(f"{key} of table {shown(name)} is no {KINDS[kind]}")
    contract = declared.get(str(entry["becomes"]))
    if contract is None:
        raise MappingError(
            f"table {shown(name)} becomes {entry['becomes']!r}, which is none of our landing "
            f"tables; expected one of {', '.join(sorted(declared))}"
        )
    columns = {str(ours): str(theirs) for ours, theirs in (entry["columns"] or {}).items()}
    constants = {str(ours): str(value) for ours, value in (entry.get("constants") or {}).items()}
    units = entry.get("amounts_in_units") or []
    durations = [(ours, each) for unit, each in DURATIONS.items() for ours in entry.get(unit) or []]
    last_days = entry.get("last_days") or []
    named = (*columns, *constants, *units, *dict(durations), *last_days)
    if unknown := [column for column in named if column not in contract.column_names]:
        raise MappingError(
            f"table {shown(name)} names {shown(', '.join(unknown))}, which is no column of "
            f"{contract.folder}; it has {', '.join(contract.column_names)}"
        )
    if absent := [c for c in contract.required_columns if c not in columns and c not in constants]:
        raise MappingError(
            f"table {shown(name)} tells nothing of {', '.join(absent)}, without which no row of "
            f"{contract.folder} is loaded"
        )
    if twice := [ours for ours, each in durations if dict(durations)[ours] != each]:
        raise MappingError(f"table {shown(name)} names {', '.join(twice)} in two units")
    deleted_by = tuple(str(column) for column in entry.get("deleted_by") or ())
    types = {column.name: column.data_type for column in contract.columns}
    if timeless := [column for column in last_days if types[column] != "timestamp"]:
        raise MappingError(
            f"last_days of table {shown(name)} names {shown(', '.join(timeless))}, which is no "
            "time; expected an end such as ended_at"
        )
    table = VendorTable(
        name,
        tuple(dict.fromkeys((*columns.values(), *deleted_by))),
        numbers=tuple(
            dict.fromkeys(theirs for ours, theirs in columns.items() if types[ours] in NUMBERS)
        ),
        prefix=PREFIX,
    )
    in_ours = dict.fromkeys(units, in_minor(table, columns, constants))
    in_ours |= {ours: f"in_milliseconds({{}}, {each})".format for ours, each in durations}
    in_ours |= dict.fromkeys(last_days, "day_after({})".format)
    query = query_of(table, contract, columns, constants, in_ours, deleted_by, written)
    path = Path(f"{contract.system}__{contract.name}.sql")
    return table, Write(
        path, contract.folder, name, one_by_one=True, query=query,
        unsaid_units=unsaid_amounts(entry, columns),
        unsaid_durations=unsaid_durations(entry, columns),
        people_are_accounts=columns.get("user_id", "") == columns.get("account_id"),
    )  # fmt: skip


def _check_capitals(named: str, names: Iterable[str]) -> None:
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(name.lower(), []).append(name)
    if twice := next((found for found in alike.values() if len(found) > 1), None):
        raise MappingError(
            f"{named} {shown(' and '.join(twice))}, which differ by capitals only and cannot be "
            "told apart; rename one of them in the export"
        )


def _check_columns(adapter: Adapter, folder: Folder) -> None:
    for name, table in adapter.tables.items():
        if name not in folder.tables:
            raise MappingError(
                f"there is no {folder.name}/{shown(name)}, neither a folder nor a file; the folder "
                f"has {', '.join(sorted(folder.tables)) or 'no table'}"
            )
        seen, first = folder.columns_of_table(name), folder.tables[name][0]
        if not seen:
            raise MappingError(f"of table {shown(name)}, {first.name}: {why_none(first)}")
        if absent := [column for column in table.required if column not in seen]:
            if first.format == "csv" and has_no_header(
                seen, {column.lower() for column in table.required}
            ):
                raise MappingError(f"of table {shown(name)}, {first.name}: {NO_HEADER}")
            raise MappingError(
                f"table {shown(name)} names the column {shown(', '.join(absent))}, which "
                f"{first.name} does not have; it has {shown(names_told(seen))}"
            )


def _lacking(adapter: Adapter, folder: Folder) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the files that lack columns which others of their table have, with these.

    A line of JSON leaves out what it does not tell, so its file tells nothing by that.
    """
    for name, table in adapter.tables.items():
        for file in folder.tables[name]:
            seen = folder.columns.get(file.name, ())
            absent = table.missed_in(seen) if seen and file.format != "jsonl" else ()
            if 0 < len(absent) < len(table.required):
                yield file.name, absent
