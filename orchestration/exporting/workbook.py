"""One workbook for a person: a sheet for each report that asks for one, and what they mean.

A report gets a sheet by ``meta.export.sheet`` in its YAML: its ``order`` among the sheets, its
``title``, and the columns that its rows are ``sorted_by``. No text is ever a formula or a link: it
is written as a text, whatever it begins with. The same publication gives the same bytes.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from orchestration.dbt_runner.manifest import Manifest, tables_of
from orchestration.landing.sql_texts import quoted

# What the file format holds; one row is the heading.
MOST_ROWS = 1_048_575
LONGEST_TEXT = 32_767
WIDEST = 60
NARROWEST = 8
ROWS_MEASURED = 200
CUT = " […]"
FORMATS = {"date": "yyyy-mm-dd", "money": "#,##0.00", "number": "#,##0.0##", "count": "#,##0"}
# Texts are texts, even where they look like a formula, a link or a number.
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


@dataclass(frozen=True)
class Sheet:
    """A report as a sheet.

    Attributes:
        model: name of the report.
        title: of the sheet.
        order: among the sheets.
        question: that it answers.
        sorted_by: order of its rows, as SQL has it.
        columns: description of each column.
    """

    model: str
    title: str
    order: int
    question: str
    sorted_by: str
    columns: dict[str, str]


def declared_sheets(manifest: Manifest) -> list[Sheet]:
    """Read every sheet that a report asks for, in their order."""
    found = []
    for model, node in tables_of(manifest, "reports").items():
        meta = node["config"].get("meta", {})
        if wanted := (meta.get("export") or {}).get("sheet"):
            found.append(
                Sheet(
                    model,
                    wanted["title"],
                    wanted["order"],
                    meta.get("question", ""),
                    wanted["sorted_by"],
                    {name: one["description"] for name, one in node["columns"].items()},
                )
            )
    return sorted(found, key=lambda sheet: (sheet.order, sheet.title))


def write_workbook(
    connection: duckdb.DuckDBPyConnection, sheets: Sequence[Sheet], as_of: date, path: Path
) -> dict[str, int]:
    """Write the workbook; return the number of rows of each sheet.

    Args:
        connection: to the published database.
        sheets: in their order.
        as_of: day that is published.
        path: of the file.
    """
    # It takes a while to import, and only a run that exports needs it.
    import xlsxwriter

    # Its files are named by their ending, and what is written atomically has another.
    with path.open("wb") as file, xlsxwriter.Workbook(file, OPTIONS) as book:
        book.set_properties(
            {"title": f"Customer health, {as_of}", "created": datetime(*as_of.timetuple()[:3])}
        )
        styles = {name: book.add_format({"num_format": text}) for name, text in FORMATS.items()}
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        contents = book.add_worksheet("Contents")
        counts, cut = {}, []
        for sheet in sheets:
            rows, kinds = _read(connection, sheet)
            page = book.add_worksheet(sheet.title)
            _write_rows(page, [name for name, _ in kinds], rows[:MOST_ROWS], styles, heading)
            counts[sheet.title] = len(rows)
            cut += [sheet.title] if len(rows) > MOST_ROWS else []
        _write_contents(contents, sheets, counts, cut, as_of, heading)
        columns = book.add_worksheet("Columns")
        described = [
            (sheet.title, name.replace("_", " "), text)
            for sheet in sheets
            for name, text in sheet.columns.items()
        ]
        _write_rows(columns, ["sheet", "column", "meaning"], described, styles, heading)
    return counts


def _read(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet
) -> tuple[list[tuple], list[tuple[str, str]]]:
    table = f"reports.{quoted(sheet.model)}"
    kinds = [(name, kind) for name, kind, *_ in connection.execute(f"describe {table}").fetchall()]
    # Whatever the order says, all columns break a tie.
    rest = ", ".join(quoted(name) for name, _ in kinds)
    rows = connection.execute(f"from {table} order by {sheet.sorted_by}, {rest}").fetchall()
    return rows, kinds


def _write_rows(
    page: Any, names: Sequence[str], rows: Sequence[tuple], styles: dict[str, Any], heading: Any
) -> None:
    page.freeze_panes(1, 1)
    for column, name in enumerate(names):
        page.write_string(0, column, name.replace("_", " "), heading)
        shown = [len(str(row[column])) for row in rows[:ROWS_MEASURED] if row[column] is not None]
        page.set_column(column, column, min(WIDEST, max([NARROWEST, len(name) // 2, *shown]) + 2))
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write_cell(page, number, column, value, styles)
    if rows:
        page.autofilter(0, 0, len(rows), len(names) - 1)


def _write_cell(page: Any, row: int, column: int, value: Any, styles: dict[str, Any]) -> None:
    """Write one cell; what is missing stays empty, and is never zero."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, int):
        page.write_number(row, column, value, styles["count"])
    elif isinstance(value, Decimal):
        page.write_number(row, column, float(value), styles["money"])
    elif isinstance(value, float):
        page.write_number(row, column, value, styles["number"])
    elif isinstance(value, date) and value.year >= 1900:
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        page.write_datetime(row, column, moment, styles["date"])
    else:
        text = str(value)
        if len(text) > LONGEST_TEXT:
            text = text[: LONGEST_TEXT - len(CUT)] + CUT
        page.write_string(row, column, text)


def _write_contents(
    page: Any,
    sheets: Sequence[Sheet],
    counts: dict[str, int],
    cut: Sequence[str],
    as_of: date,
    heading: Any,
) -> None:
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 70)
    page.set_column(2, 3, 30)
    page.write_string(0, 0, f"Customer health on {as_of}", heading)
    for row, line in enumerate(_contents(sheets, counts, cut), 2):
        for column, text in enumerate(line):
            if isinstance(text, int):
                page.write_number(row, column, text)
            else:
                page.write_string(row, column, text, heading if row == 2 else None)


def _contents(
    sheets: Sequence[Sheet], counts: dict[str, int], cut: Sequence[str]
) -> Iterator[tuple]:
    yield "sheet", "what it answers", "table", "rows"
    for sheet in sheets:
        note = f" (the first {MOST_ROWS:,} rows)" if sheet.title in cut else ""
        yield sheet.title, sheet.question + note, f"reports.{sheet.model}", counts[sheet.title]
    yield "Columns", "What does each column mean?", "", sum(len(sheet.columns) for sheet in sheets)
