"""Parquet files: what their schema holds, and how DuckDB reads them as rows of a table.

What is not here: types of text columns, which ``casts`` reads as it reads JSON and CSV.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import duckdb
from pyarrow import parquet

from orchestration.landing.casts import text_of_bytes
from orchestration.landing.column_names import own_names
from orchestration.landing.contract import SourceTable, declared_among
from orchestration.landing.errors import (
    ABOUT_THE_CONTENT,
    NOT_THE_FAULT_OF_A_FILE,
    Refusal,
    unreadable,
)
from orchestration.landing.files import LandingFile, unpacks_too_far
from orchestration.landing.lines import INVALID_TEXT
from orchestration.landing.readings import Reading
from orchestration.landing.sql_texts import literal, quoted

# Columns are what a file holds: a folder called status=canceled above it tells nothing of its rows.
AS_WRITTEN = "hive_partitioning = false"
# What a file that was made of a vendor's file says of each row besides its columns.
ADAPTED_LINE, ADAPTED_PROBLEM, ADAPTED_TEXT = "landed_line", "landed_problem", "landed_text"


def count_rows(file: LandingFile) -> int:
    """Read the number of rows that a Parquet file says it holds.

    Raises:
        Refusal: it is no Parquet file, or cannot be read.

    """
    return _metadata(file).num_rows


def unpacked_bytes(file: LandingFile) -> int:
    """Read how many bytes a Parquet file unpacks to at the least: one for each cell.

    A value that all rows share is packed into nothing, and takes its room again in a table.

    Raises:
        Refusal: it is no Parquet file, or cannot be read.

    """
    metadata = _metadata(file)
    groups = range(metadata.num_row_groups)
    said = sum(metadata.row_group(number).total_byte_size for number in groups)
    return max(said, metadata.num_rows * metadata.num_columns)


def _metadata(file: LandingFile) -> parquet.FileMetaData:
    try:
        return parquet.read_metadata(file.path)
    except ABOUT_THE_CONTENT as error:
        raise Refusal("not a Parquet file, or a truncated one; deliver it again") from error
    except OSError as error:
        raise Refusal(unreadable(error)) from error


def column_types(
    connection: duckdb.DuckDBPyConnection, file: LandingFile, table: SourceTable
) -> dict[str, str]:
    """Read the columns of a Parquet file with their DuckDB types.

    Raises:
        Refusal: it is no Parquet file, unpacks too far, names columns twice, or lacks required
            columns.

    """
    if not file.is_adapted and unpacked_bytes(file) > file.most_unpacked:
        raise unpacks_too_far(file)
    try:
        described = connection.execute(
            f"describe from read_parquet(?, {AS_WRITTEN})", [pattern(file)]
        ).fetchall()
    except (duckdb.Error, UnicodeError) as error:
        if isinstance(error, NOT_THE_FAULT_OF_A_FILE):
            raise
        raise Refusal(f"DuckDB cannot read its schema ({type(error).__name__})") from error
    types = {name: data_type for name, data_type, *_ in described}
    # DuckDB does not tell capitals apart, and calls the second of two equal names another way.
    names = [name.lower() for name in parquet.read_schema(file.path).names]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Refusal(f"it names columns twice: {declared_among(twice, table)}")
    written = own_names(table, list(types))
    if absent := [name for name in table.required_columns if name not in written]:
        raise Refusal(f"it lacks the required columns {', '.join(absent)}")
    return types


def pattern(file: LandingFile) -> str:
    """Write the path of a file as a pattern that only it fulfils: DuckDB reads nothing else.

    Raises:
        Refusal: no pattern can be written.

    """
    path = str(file.path.absolute())
    if not re.search(r"[*?[]", path):
        return path
    if "\\" in path:
        raise Refusal(
            "its name holds a backslash beside a bracket, star or question mark; rename it"
        )
    return re.sub(r"([*?[])", r"[\1]", path)


def parquet_reading(
    files: Sequence[LandingFile], types: Mapping[str, str], table: SourceTable
) -> Reading:
    """Read rows of Parquet files that share one schema."""
    paths = "[" + ", ".join(literal(str(file.path.absolute())) for file in files) + "]"
    patterns = "[" + ", ".join(literal(pattern(file)) for file in files) + "]"
    written = own_names(table, list(types))
    held = {name: types[written[name]] for name in table.column_names if name in written}
    known = {name: "VARCHAR" if kind == "BLOB" else kind for name, kind in held.items()}
    is_adapted = files[0].is_adapted
    own = {ADAPTED_LINE, ADAPTED_PROBLEM, ADAPTED_TEXT} if is_adapted else set()
    no_text = problem_of_bytes(written.values(), types)
    unknown = [name for name in types if name not in own | {*written.values()}]
    relation = f"""
        select
            (list_position({paths}, _landing_file) - 1)::integer as _file_number,
            {ADAPTED_LINE if is_adapted else "file_row_number + 1"} as _line,
            {ADAPTED_PROBLEM if is_adapted else no_text} as _problem,
            {ADAPTED_TEXT if is_adapted else "null::varchar"} as _vendor_text,
            {_struct({name: written[name] for name in known}, types)} as _record,
            {_struct({name: name for name in types}, types)} as _row,
            {_without_nulls(unknown, types)} as _unknown
        from read_parquet(
            {patterns}, filename = '_landing_file', file_row_number = true, {AS_WRITTEN}
        )
    """
    return Reading(relation, known, text="coalesce(_vendor_text, to_json(_row)::varchar)")


def problem_of_bytes(columns: Iterable[str], types: Mapping[str, str]) -> str:
    """Write SQL for the problem of a row: a text whose bytes are no UTF-8, else NULL."""
    values = [quoted(name) for name in columns if types[name] == "BLOB"]
    broken = [f"({value} is not null and try(decode({value})) is null)" for value in values]
    return (
        f"case when {' or '.join(broken)} then '{INVALID_TEXT}' end" if broken else "null::varchar"
    )


def _struct(columns: Mapping[str, str], types: Mapping[str, str]) -> str:
    fields = (f"{quoted(name)} := {_text(w, types)}" for name, w in columns.items())
    return f"struct_pack({', '.join(fields)})"


def _text(name: str, types: Mapping[str, str]) -> str:
    value = quoted(name)
    return text_of_bytes(value) if types[name] == "BLOB" else value


def _without_nulls(columns: Sequence[str], types: Mapping[str, str]) -> str:
    if not columns:
        return "null::json"
    pairs = ", ".join(f"{literal(name)}, {_text(name, types)}" for name in columns)
    return f"nullif(json_merge_patch('{{}}', json_object({pairs})), '{{}}')"
