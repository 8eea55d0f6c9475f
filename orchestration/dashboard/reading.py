"""Reads the rows that the pages declare from the publication.

A table that is not published is no error: what it would show says that it is missing. What is not
here: which tables, which the pages declare.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from orchestration.dashboard.declared import DeclarationError, Drawing, Source
from orchestration.reporting.facts import Row, with_schema
from orchestration.reporting.formats import compact


class Publication:
    """The published tables, and which of them are there."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        found = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
        )
        self.tables = {name for (name,) in found.fetchall()}

    def has(self, table: str) -> bool:
        """Tell whether a table is published."""
        return with_schema(table) in self.tables

    def rows(self, source: Source) -> list[Row]:
        """Return the rows of a table, none where it is not published.

        Raises:
            DeclarationError: a column or clause is declared that the table does not have.
        """
        return [
            Row(source.table, {key: str(row[key]) for key in source.key}, row)
            for row in self._asked(source, "*")
        ]

    def drawn(self, drawing: Drawing) -> list[dict[str, Any]]:
        """Return what a chart draws, its codes in words.

        Raises:
            DeclarationError: a column or clause is declared that the table does not have.
        """
        columns = ", ".join(f'{column} as "{name}"' for name, column in drawing.fields.items())
        return [
            {name: _plain(_word(drawing, name, value)) for name, value in row.items()}
            for row in self._asked(drawing.source, columns)
        ]

    def _asked(self, source: Source, columns: str) -> list[dict[str, Any]]:
        if not self.has(source.table):
            return []
        order = f" order by {source.order}" if source.order else ""
        limit = f" limit {source.limit}" if source.limit else ""
        query = f"select {columns} from {with_schema(source.table)} {source.where}{order}{limit}"
        try:
            result = self.connection.execute(query)
        except duckdb.Error as error:
            raise DeclarationError(f"A page asks {source.table} for too much: {error}") from error
        names = [column[0] for column in result.description]
        return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def _word(drawing: Drawing, name: str, value: Any) -> Any:
    words = drawing.words.get(name)
    if words == "plain":
        return (value or "").replace("_", " ")
    if words == "short":
        number, is_change = value
        return compact(float(number), signed=is_change)
    return words.get(value, value) if words else value


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
