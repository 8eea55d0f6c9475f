"""Parquet files: what their schema holds, and how DuckDB reads them as rows of a table.

What is not here: types of text columns, which ``casts`` reads as it reads JSON and CSV.
"""

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow
from pyarrow import parquet

from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import Refusal
from orchestration.landing.files import LandingFile
from orchestration.landing.readings import Reading
from orchestration.landing.statements import literal, quoted


def count_rows(file: LandingFile) -> int:
    """Read the number of rows that a Parquet file says it holds.

    Raises:
        Refusal: it is no Parquet file, or cannot be read.

    """
    try:
        return parquet.read_metadata(file.path).num_rows
    except pyarrow.ArrowInvalid as error:
        raise Refusal(f"not a Parquet file, or a truncated one: {error}") from error
    except OSError as error:
        raise Refusal(f"cannot be read: {error.strerror or error}") from error


def column_types(
    connection: duckdb.DuckDBPyConnection, file: LandingFile, table: SourceTable
) -> dict[str, str]:
    """Read the columns of a Parquet file with their DuckDB types.

    Raises:
        Refusal: it is no Parquet file, or lacks required columns.

    """
    count_rows(file)
    described = connection.execute("describe from read_parquet(?)", [str(file.path)]).fetchall()
    types = {name: data_type for name, data_type, *_ in described}
    if absent := [name for name in table.required_columns if name not in types]:
        raise Refusal(f"it lacks the required columns {', '.join(absent)}")
    return types


def parquet_reading(
    files: Sequence[LandingFile], types: Mapping[str, str], table: SourceTable
) -> Reading:
    """Read rows of Parquet files that share one schema."""
    paths = "[" + ", ".join(literal(str(file.path)) for file in files) + "]"
    known = {name: types[name] for name in table.column_names if name in types}
    unknown = [name for name in types if name not in known]
    relation = f"""
        select
            (list_position({paths}, _landing_file) - 1)::integer as _file_number,
            file_row_number + 1 as _line,
            null::varchar as _problem,
            {_struct(known)} as _record,
            {_struct(types)} as _row,
            {_without_nulls(unknown)} as _unknown
        from read_parquet({paths}, filename = '_landing_file', file_row_number = true)
    """
    return Reading(relation, known, text="to_json(_row)::varchar")


def _struct(columns: Mapping[str, str]) -> str:
    return "struct_pack(" + ", ".join(f"{quoted(n)} := {quoted(n)}" for n in columns) + ")"


def _without_nulls(columns: Sequence[str]) -> str:
    if not columns:
        return "null::json"
    pairs = ", ".join(f"{literal(name)}, {quoted(name)}" for name in columns)
    return f"nullif(json_merge_patch('{{}}', json_object({pairs})), '{{}}')"
