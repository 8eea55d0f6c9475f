"""Counts, of each batch that lands, the texts that may name somebody where nobody declared it.

They become warnings of the load, which the report counts. What is not here: the formats, which
``text_formats`` knows, and what becomes of them, which an erasure decides.
"""

from collections.abc import Iterator, Sequence

import duckdb

from orchestration.landing.contract import SourceTable
from orchestration.landing.files import LandingFile
from orchestration.landing.sql_texts import quoted
from orchestration.landing.text_formats import FORMATS, formats_in, looks_like, may_show

TEXTS = ("varchar", "json")
# A batch of more is looked at in every second row, or third, or as it has to be.
ROWS_LOOKED_AT = 100_000
FILE_NAME = "the name of the file"


def warning_of(kind: str, step: int = 1) -> str:
    """Return what is said of texts of a format."""
    said = f"looks like {kind}, and the column is not declared personal"
    return said if step == 1 else f"{said} (read in one row of {step})"


def private_texts(connection: duckdb.DuckDBPyConnection, table: SourceTable) -> Iterator[str]:
    """Return queries that count such texts of ``landing_batch``; none where there are none.

    They give _file_number, column_name, warning and row_count.
    """
    columns = [
        column.name for column in table.columns if column.data_type in TEXTS and not column.personal
    ]
    if not columns:
        return
    (rows,) = connection.execute("select count(*) from landing_batch").fetchone()
    step = max(1, -(-rows // ROWS_LOOKED_AT))
    looked_at = "_reason is null" if step == 1 else f"_reason is null and _line % {step} = 0"
    shown = connection.execute(
        f"select count(*) from landing_batch where {looked_at} and {may_show(columns)}"
    ).fetchone()
    if shown == (0,):
        return
    for kind in FORMATS:
        counts = ", ".join(
            f"count(*) filter ({looks_like(quoted(name), kind)}) as {quoted(name)}"
            for name in columns
        )
        yield (
            f"select _file_number, column_name, '{warning_of(kind, step)}' as warning, row_count "
            f"from (select _file_number, {counts} from landing_batch where {looked_at} "
            "group by _file_number) unpivot (row_count for column_name in (* exclude _file_number))"
        )


def named_for_somebody(files: Sequence[LandingFile]) -> Iterator[tuple[int, str]]:
    """Return the numbers of files whose names may name somebody, and what is said of each."""
    for number, file in enumerate(files):
        for kind in formats_in(file.name):
            yield number, warning_of(kind)
