"""Words of a sample that nobody explains, so that they would decide nothing.

The rule is that of the warehouse: a word is a canonical one, or the catalogue or the seed says what
it means, however it is spelled. A word itself is not told, as a column may have been mapped that
holds names. What is not here: what becomes of such a row, which staging says.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import duckdb
from jinja2 import Environment

from orchestration.doctor.findings import Finding
from orchestration.landing.contract import Column, SourceTable
from orchestration.landing.sql_texts import literal, quoted

DBT_PROJECT = Path(__file__).parents[2] / "dbt_project"
SEED = DBT_PROJECT / "seeds" / "source_words.csv"
MACROS = DBT_PROJECT / "macros" / "engine" / "words.sql"
# They say that nothing is told, and need no meaning.
NOTHING = ("", "unknown", "none", "null", "nil", "na", "nan", "undefined", "notset", "empty")
NOTHING += ("blank",)


def unexplained(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[SourceTable]
) -> Iterator[Finding]:
    """Name the columns in which words stand that nobody explains, with the first of them."""
    (raw,) = connection.execute(
        "select list(table_name) from information_schema.tables where table_schema = 'raw'"
    ).fetchone()
    for table in tables:
        for column in table.columns if table.identifier in raw else ():
            if column.has_words and not column.keeps_other_words:
                yield from _in_column(connection, table, column)


def _in_column(
    connection: duckdb.DuckDBPyConnection, table: SourceTable, column: Column
) -> Iterator[Finding]:
    word = quoted(column.name)
    where = (table.system, table.name, column.name)
    of_it = " and ".join(
        f"{name} = {literal(said)}"
        for name, said in zip(("system", "table_name", "column_name"), where, strict=True)
    )
    known = ", ".join(map(literal, (*column.words, *NOTHING)))
    count, rows, file, line = connection.execute(
        f"select count(distinct folded), count(*), min(_file), min_by(_line, (_file, _line)) "
        f"from (select _file, _line, {_folded(word)} as folded from raw.{quoted(table.identifier)} "
        f"where {word} is not null) where folded not in ("
        f"select {_folded('word')} from (select unnest([{known}]) as word) "
        f"union all select {_folded('said')} from raw.catalogue_words where {of_it} "
        f"union all select {_folded('said')} from read_csv({literal(str(SEED))}, "
        f"all_varchar = true) where {of_it})"
    ).fetchone()
    if rows:
        yield Finding(f"{file} line {line}", column.name, (
            f"{count} word{'s' * (count != 1)} in {rows} lines of {table.folder} that nobody "
            "explains and that decide nothing; say what each means in a file "
            "catalogue/words/ours.csv with the columns system,table_name,column_name,said,means: "
            f"{','.join(where)},<your word>,<one of {', '.join(column.words)}>"
        ))  # fmt: skip


def _folded(column: str) -> str:
    return _macros().default__folded_word(column).strip()


@cache
def _macros() -> object:
    # The file calls for dbt's adapter only where dbt itself does.
    return Environment(autoescape=False).from_string(MACROS.read_text(encoding="utf-8")).module
