"""The books of the loads: what was read, refused, seen again and replaced.

Every function writes inside the caller's transaction, so the books and the rows cannot
disagree. What is not here: when a transaction begins and ends, which is ``load``'s.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import duckdb

from orchestration.landing.contract import NOT_OF_TYPE, SourceTable
from orchestration.landing.deletions import NOT_UNDERSTOOD, name_pattern
from orchestration.landing.errors import LandingError
from orchestration.landing.files import LandingFile
from orchestration.landing.plan import Booked, Replay, load_id, refusal_id
from orchestration.landing.private_texts import FILE_NAME, named_for_somebody, private_texts
from orchestration.landing.sql_texts import literal, quoted
from orchestration.landing.statements import no_zone_bits
from orchestration.landing.thousands import MAY_PART
from orchestration.landing.understanding import (
    CLEANED,
    OUT_OF_RANGE,
    OUTSIDE,
    PLACEHOLDER,
    column_bits,
)

NO_ZONE = "no time zone, read as UTC"
KEY_TWICE = "key twice in one object, its last value was taken"
# A key of a landed object may be a whole text; a warning names its beginning and its length.
LONGEST_NAME = 80
SHOWN_NAME = (
    f"if(length(column_name) > {LONGEST_NAME}, left(column_name, {LONGEST_NAME}) "
    "|| '… (' || length(column_name) || ' characters)', column_name)"
)
Connection = duckdb.DuckDBPyConnection
Counts = tuple[int, int]


def book_load(
    connection: Connection,
    table: SourceTable,
    file: LandingFile,
    lines_read: int,
    counts: Counts,
    loaded_at: datetime,
) -> None:
    """Book a loaded file.

    Raises:
        LandingError: rows loaded and rows quarantined do not add up to the lines read.

    """
    loaded, quarantined = counts
    if lines_read != loaded + quarantined:
        raise LandingError(
            f"{file.name}: {lines_read} lines were read, but {loaded} were loaded and "
            f"{quarantined} quarantined. Nothing of it was kept. This is a fault of the "
            "loader; please report it with the file."
        )
    row = [load_id(table, file), table.system, table.name, file.name, file.sha256]
    _insert(connection, "loads", [*row, lines_read, loaded, quarantined, loaded_at, None])


def book_refusal(
    connection: Connection,
    table: SourceTable,
    file: LandingFile,
    refusal: str,
    loaded_at: datetime,
) -> None:
    """Book a file that cannot be read as a whole."""
    identifier = refusal_id(table, file)
    row = [identifier, table.system, table.name, file.name]
    _insert(connection, "loads", [*row, file.sha256, 0, 0, 0, loaded_at, refusal])
    _insert(connection, "quarantine", [*row, None, refusal, None])


def book_unread(connection: Connection, said: Iterable[str], seen_at: datetime) -> None:
    """Book what the landing did not read, in place of what the one before it did not."""
    connection.execute("delete from raw.not_read")
    for text in dict.fromkeys(said):
        _insert(connection, "not_read", [text, seen_at])


def book_replays(
    connection: Connection, table: SourceTable, replays: Iterable[Replay], seen_at: datetime
) -> list[str]:
    """Book files whose content was loaded under another name; return those not known yet."""
    new = []
    strike_replays(connection, table, [replay.file for replay in replays])
    for replay in replays:
        row = [table.system, table.name, replay.file.name, replay.file.sha256]
        known = connection.execute(
            "select 1 from raw.replays where system = ? and table_name = ? and file = ? "
            "and file_sha256 = ?",
            row,
        ).fetchone()
        if known is None:
            lines = connection.execute(
                "select max(lines_read) from raw.loads where load_id = ?", [replay.first]
            ).fetchone()[0]
            _insert(connection, "replays", [*row, replay.first, lines, seen_at])
            new.append(replay.file.name)
    return new


def strike_replays(
    connection: Connection, table: SourceTable, files: Sequence[LandingFile]
) -> None:
    """Strike out that files said what their present contents do not say."""
    connection.execute(
        "delete from raw.replays using (select unnest($files) as file, unnest($hashes) as now) "
        "as present where replays.system = $system and replays.table_name = $name "
        "and replays.file = present.file and replays.file_sha256 <> present.now",
        {
            "files": [file.name for file in files],
            "hashes": [file.sha256 for file in files],
            "system": table.system,
            "name": table.name,
        },
    )


def forget_replays(connection: Connection, table: SourceTable, names: Sequence[str]) -> None:
    """Strike out that files said anything."""
    if names:
        connection.execute(
            "delete from raw.replays where system = ? and table_name = ? "
            "and list_contains(?, file)",
            [table.system, table.name, names],
        )


def book_replacement(
    connection: Connection, table: SourceTable, former: Booked, replaced_at: datetime
) -> int:
    """Delete what a file brought before its content changed; return the number of rows."""
    deleted = connection.execute(
        f"delete from raw.{quoted(table.identifier)} where _load_id = ?", [former.load_id]
    ).fetchone()[0]
    forget(connection, former)
    row = [table.system, table.name, former.file, former.load_id, former.sha256]
    # How many of them nothing says any more is known once all files are loaded (known_since).
    _insert(connection, "replacements", [*row, deleted, replaced_at, None, None])
    return deleted


def forget(connection: Connection, former: Booked) -> None:
    """Strike a load or a refusal out of the books."""
    for book in ("loads", "rows_said_before", "quarantine", "load_warnings"):
        connection.execute(f"delete from raw.{book} where load_id = ?", [former.load_id])


def book_warnings(connection: Connection, table: SourceTable, files: Sequence[LandingFile]) -> None:
    """Count what the loaded rows of the batch could not hold, per file and column."""
    bits = column_bits(table)
    times = {column.name: bits[column.name] for column in table.times}
    numbers = {column.name: bits[column.name] for column in table.bounded_numbers}
    identifiers = {column.name: bits[column.name] for column in table.identifiers}
    counted = (
        ("_no_zone", NO_ZONE, no_zone_bits(table)),
        ("_outside", OUTSIDE, times),
        ("_outside", OUT_OF_RANGE, numbers),
        ("_cleaned", CLEANED, identifiers),
        ("_placeholder", PLACEHOLDER, identifiers),
    )
    # Most batches have none of most kinds, which one look tells.
    *found, extra = connection.execute(
        f"select {', '.join(f'bit_or({number})' for number, *_ in counted)}, count(_extra) "
        "from landing_batch where _reason is null"
    ).fetchone()
    for any_bits, (number, warning, columns) in zip(found, counted, strict=True):
        if (any_bits or 0) & sum(columns.values()):
            _book_bits(connection, table, files, number, warning, columns)
    if not extra:
        return
    kinds = " ".join(
        f"when column_name = {literal(column.name)} and _thousands & {bits[column.name]} <> 0 "
        f"then '{MAY_PART}' when column_name = {literal(column.name)} "
        f"then '{NOT_OF_TYPE[column.data_type]}: kept as text in _extra'"
        for column in table.columns
    )
    _insert_warnings(
        connection,
        table,
        files,
        f"select _file_number, column_name, case {kinds} "
        f"when regexp_full_match(column_name, '{name_pattern()}') then {literal(NOT_UNDERSTOOD)} "
        "else 'unknown column' end "
        "as warning, sum(row_count) as row_count from (select _file_number, _thousands, "
        # Rows have few lists of keys, so the lists are looked at and not the rows.
        "unnest(list_distinct(any_value(keys))) as column_name, count(*) as row_count "
        "from (select _file_number, _thousands, json_keys(_extra) as keys from landing_batch "
        "where _extra is not null) group by _file_number, _thousands, hash(keys)) group by all",
    )


def _book_bits(
    connection: Connection,
    table: SourceTable,
    files: Sequence[LandingFile],
    number: str,
    warning: str,
    bits: Mapping[str, int],
) -> None:
    counts = ", ".join(
        f"count(*) filter ({number} & {bit} <> 0) as {quoted(name)}" for name, bit in bits.items()
    )
    _insert_warnings(
        connection,
        table,
        files,
        f"select _file_number, column_name, {literal(warning)} as warning, "
        f"row_count from (select _file_number, {counts} from landing_batch "
        f"where {number} <> 0 and _reason is null group by _file_number) "
        "unpivot (row_count for column_name in (* exclude _file_number))",
    )


def book_private_texts(
    connection: Connection, table: SourceTable, files: Sequence[LandingFile]
) -> None:
    """Count the loaded texts, and names of files, that may name somebody undeclared."""
    for counted in private_texts(connection, table):
        _insert_warnings(connection, table, files, counted)
    for number, warning in named_for_somebody(files):
        counted = (
            f"select {number} as _file_number, {literal(FILE_NAME)} as column_name, "
            f"{literal(warning)} as warning, 1 as row_count"
        )
        _insert_warnings(connection, table, files, counted)


def book_keys_given_twice(
    connection: Connection, table: SourceTable, files: Sequence[LandingFile]
) -> None:
    """Count the loaded objects in which a key stood more than once."""
    _insert_warnings(
        connection,
        table,
        files,
        f"select _file_number, column_name, {literal(KEY_TWICE)} as warning, count(*) as row_count "
        "from (select _file_number, unnest(_twice) as column_name from landing_batch "
        "where _twice is not null and _reason is null) group by all",
    )


def _insert_warnings(
    connection: Connection, table: SourceTable, files: Sequence[LandingFile], counted: str
) -> None:
    identifiers = [load_id(table, file) for file in files]
    connection.execute(
        "insert into raw.load_warnings select list_extract($identifiers, _file_number + 1), "
        f"$system, $name, {SHOWN_NAME}, warning, row_count from ({counted}) where row_count > 0 "
        "and list_extract($identifiers, _file_number + 1) is not null order by all",
        {"identifiers": identifiers, "system": table.system, "name": table.name},
    )


def _insert(connection: Connection, book: str, values: Sequence[object]) -> None:
    places = ", ".join("?" for _ in values)
    connection.execute(f"insert into raw.{book} values ({places})", list(values))
