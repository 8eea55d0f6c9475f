"""What is wrong with what has landed, each with the file, the column and an example's shape.

What is not here: the reading, and what is made of it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import duckdb
import numpy

from orchestration.adapters.headers import NO_UTF_8_BELOW
from orchestration.doctor.values import Seen, Values
from orchestration.landing.blocks import read_blocks
from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import ABOUT_THE_CONTENT, Refusal
from orchestration.landing.files import LandingFile
from orchestration.landing.sql_texts import quoted

# Kinds of which a column may have one only, as they are read differently.
APART = (
    ("time with a zone", "time without a zone"),
    ("epoch seconds", "epoch milliseconds"),
    ("epoch milliseconds", "epoch microseconds"),
    ("epoch seconds", "time without a zone"),
)
# Of fewer values the middle says nothing.
LEAST_DURATIONS = 20
SHORT_MS = 10
# Nobody waits so long for half of all requests, nor works so long at half of all actions.
LONG_MS = {"value_ms": 10_000, "duration_ms": 3_600_000}
KEYS = ("number", "number with leading zeros", "text")
SHARED_KEYS = ("account_id", "user_id", "subscription_id", "ticket_id", "plan_id")
QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Finding:
    """Something that somebody should know before a build.

    Attributes:
        place: file and line, or folder.
        column: of the file; empty where it is about more than one.
        text: what was found, and what to do.

    """

    place: str
    column: str
    text: str


def of_columns(
    table: str, seen: Mapping[str, Values], minor: Sequence[str], is_order_told: bool = False
) -> list[Finding]:
    """Name columns whose values are of kinds that exclude each other.

    Args:
        table: folder of the table.
        seen: what was seen by column.
        minor: columns that our contract wants in minor units.
        is_order_told: a mapping says which of day and month comes first.

    """
    found = []
    for name, values in seen.items():
        for one, other in APART:
            if one in values.kinds and other in values.kinds:
                (count, first), (others, second) = values.kinds[one], values.kinds[other]
                found.append(Finding(f"{table}: {first}; {second}", name, f"{one} ({count}) and "
                                     f"{other} ({others}) in one column"))  # fmt: skip
        if values.unit == "mixed":
            found.append(Finding(
                f"{table}: {values.seen_amount(True)}; {values.seen_amount(False)}", name,
                "cents and units in one column: whole numbers are about a hundred times those "
                "with decimals. Have it exported in one unit",
            ))  # fmt: skip
        elif name in minor and values.unit == "units with decimals":
            found.append(Finding(
                f"{table}: {values.seen_amount(True)}", name,
                "it has decimals, and is read as minor units (cents): multiply it, or map it "
                "with amounts_in_units in a mapping.yml",
            ))  # fmt: skip
        kind = "day in an order that is not told"
        if kind in values.kinds and not is_order_told:
            found.append(Finding(
                f"{table}: {values.kinds[kind][1]}", name,
                "day and month could be either way round; export days as 2026-10-31, or say "
                "dates: day first (or month first) in a mapping.yml",
            ))  # fmt: skip
    return found


def of_encoding(file: LandingFile) -> Iterable[Finding]:
    """Name the first line of a CSV file that is no UTF-8, and how many are not."""
    # Whoever loads it says why it cannot be read.
    with suppress(Refusal, OSError, *ABOUT_THE_CONTENT):
        block = next(read_blocks(file), None)
        if block is not None and block.invalid is not None:
            lines = numpy.flatnonzero(block.invalid)
            place = f"{file.name} line {block.first_line + int(lines[0])}"
            yield Finding(place, "", NO_UTF_8_BELOW.format(count=len(lines)))


def of_keys(tables: Mapping[str, Mapping[str, Values]]) -> list[Finding]:
    """Name keys that are numbers in one table and texts in another, or with zeros before them."""
    found = []
    for key in SHARED_KEYS:
        places: dict[str, tuple[str, Seen]] = {}
        for table, seen in tables.items():
            for kind, (count, first) in seen[key].kinds.items() if key in seen else ():
                # A few odd values are for quarantine to tell.
                if kind in KEYS and count * 10 >= seen[key].count:
                    places.setdefault(kind, (table, first))
        if len(places) > 1:
            said = "; ".join(f"a {kind} in {first}" for kind, (_, first) in places.items())
            found.append(Finding(
                said, key, "the same key is written in different ways, and is matched as it is "
                "written: have it exported in one way, or give crm/account_keys",
            ))  # fmt: skip
    return found


def of_books(connection: duckdb.DuckDBPyConnection) -> Iterable[Finding]:
    """Name what the loader refused, sent to quarantine or could not understand of the sample."""
    # A reason may quote a value, which may be a person's.
    for table, file, line, reason, count in connection.execute(
        "select system || '/' || table_name, min_by(file, (file, line_number)), "
        "min_by(line_number, (file, line_number)), "
        "min_by(reason, (file, line_number)), count(*) from raw.quarantine "
        "where line_number is not null "
        "group by 1, regexp_replace(reason, '\"[^\"]*\"|[0-9]+', '', 'g') order by 5 desc, 1, 2"
    ).fetchall():
        column = re.search(r"required column (\w+)", reason)
        yield Finding(f"{file} line {line}", column.group(1) if column else "", (
            f"{count} of the lines of {table} that were looked at go to quarantine: "
            + QUOTED.sub("…", reason)
        ))  # fmt: skip
    for file, reason in connection.execute(
        "select file, refusal from raw.loads where refusal is not null order by all"
    ).fetchall():
        yield Finding(file, "", f"refused: {QUOTED.sub('…', reason)}")
    for file, column, warning, count in connection.execute(
        "select min(coalesce(loads.file, warned.table_name)), column_name, warning, "
        "sum(row_count)::bigint from raw.load_warnings as warned "
        "left join raw.loads using (load_id) "
        "where warning not like 'unknown column%' "
        "group by warned.system, warned.table_name, column_name, warning order by 1, 2, 3"
    ).fetchall():
        yield Finding(file, column, f"{warning} ({count} values)")


def of_durations(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[SourceTable]
) -> Iterable[Finding]:
    """Name columns of milliseconds that look like another unit, by their middle value."""
    for table, column in ((t, c.name) for t in tables for c in t.columns):
        if not column.endswith("_ms"):
            continue
        count, middle, file = connection.execute(
            f"select count({quoted(column)}), median({quoted(column)}), min(_file) "
            f"from raw.{quoted(table.identifier)} where {quoted(column)} <> 0"
        ).fetchone()
        if count >= LEAST_DURATIONS and middle < SHORT_MS:
            yield Finding(file, column, (
                f"half of the {count} values of {table.folder} are below {SHORT_MS} milliseconds: "
                f"if they are seconds, say durations_in_seconds: [{column}] in a mapping.yml"
            ))  # fmt: skip
        if count >= LEAST_DURATIONS and middle > LONG_MS.get(column, middle):
            yield Finding(file, column, (
                f"half of the {count} values of {table.folder} are above {LONG_MS[column]:,} "
                f"milliseconds: if they are microseconds or nanoseconds, say "
                f"durations_in_microseconds or durations_in_nanoseconds: [{column}] in a "
                "mapping.yml"
            ))  # fmt: skip
