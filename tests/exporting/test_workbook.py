from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import openpyxl
import pytest

from orchestration.assets.exports import WRITERS, declared_exports
from orchestration.exporting.workbook import LONGEST_TEXT, Sheet, declared_sheets, write_workbook
from tests.conventions.manifest import manifest, models
from tests.conventions.rules import for_each

HOSTILE = [
    "=1+1", '=HYPERLINK("http://evil.example","x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1",
    "http://evil.example", "<script>alert(1)</script>", 'a "quoted" name', "\u202egnp", "../../x",
    "x" * 40_000, "\x01\x08", "0012", "1e5", "", "{=1}", "_x0041_",
]  # fmt: skip
SHEET = Sheet("rpt_names", "Names", 1, "Who?", "place", {"name": "The name."})


@pytest.fixture
def connection():
    opened = duckdb.connect()
    opened.execute(
        "create schema reports; create table reports.rpt_names (place integer, name varchar, "
        "mrr decimal(18, 2), change double, day date, is_quiet boolean)"
    )
    for place, name in enumerate(HOSTILE):
        opened.execute(
            "insert into reports.rpt_names values (?, ?, -2.25, -1.5, date '2026-10-31', true)",
            [place, name],
        )
    opened.execute("insert into reports.rpt_names values (99, null, null, 'nan', null, null)")
    return opened


def cells(path, sheet="Names"):
    book = openpyxl.load_workbook(path)
    return [[cell for cell in row] for row in book[sheet].iter_rows(min_row=2)]  # noqa: C416


def test_no_text_is_a_formula_a_link_or_a_number(connection, tmp_path):
    path = tmp_path / "names.xlsx"
    write_workbook(connection, [SHEET], date(2026, 10, 31), path)
    rows = cells(path)[: len(HOSTILE)]
    for text, row in zip(HOSTILE, rows, strict=True):
        assert row[1].hyperlink is None
        assert row[1].data_type == "s", text
        assert len(row[1].value or "") <= LONGEST_TEXT
        if len(text) < 100 and text.isprintable():
            assert (row[1].value or "") == text


def test_numbers_days_and_flags_are_what_they_are_and_the_missing_is_empty(connection, tmp_path):
    path = tmp_path / "names.xlsx"
    write_workbook(connection, [SHEET], date(2026, 10, 31), path)
    first, *_, last = cells(path)
    assert [cell.value for cell in first[2:]][:2] == [-2.25, -1.5]
    assert first[4].value.date() == date(2026, 10, 31)
    assert first[5].value is True
    assert [cell.value for cell in last[1:]] == [None] * 5


def test_the_contents_say_what_each_sheet_answers_and_the_columns_what_they_mean(
    connection, tmp_path
):
    path = tmp_path / "names.xlsx"
    assert write_workbook(connection, [SHEET], date(2026, 10, 31), path) == {
        "Names": len(HOSTILE) + 1
    }
    said = [[cell.value for cell in row] for row in cells(path, "Contents")]
    assert ["Names", "Who?", "reports.rpt_names", len(HOSTILE) + 1] in said
    assert [cell.value for cell in cells(path, "Columns")[0]] == ["Names", "name", "The name."]


def test_the_same_tables_give_the_same_bytes(connection, tmp_path):
    for name in ("a", "b"):
        write_workbook(connection, [SHEET], date(2026, 10, 31), tmp_path / name)
        connection.execute("create table shuffled as from reports.rpt_names order by random()")
        connection.execute("create or replace table reports.rpt_names as from shuffled")
        connection.execute("drop table shuffled")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_an_empty_report_is_a_sheet_with_its_heading(connection, tmp_path):
    connection.execute("delete from reports.rpt_names")
    path = tmp_path / "names.xlsx"
    assert write_workbook(connection, [SHEET], date(2026, 10, 31), path) == {"Names": 0}
    assert cells(path) == []


def test_sheets_have_an_order_and_titles_that_a_workbook_takes():
    sheets = declared_sheets(manifest())
    assert len(sheets) >= 6
    orders = [sheet.order for sheet in sheets]
    assert orders == sorted(set(orders))
    for sheet in sheets:
        assert len(sheet.title) <= 31
        assert not set(sheet.title) & set("[]:*?/\\")
        assert sheet.question.endswith("?")
        for column in sheet.sorted_by.split(", "):
            assert column in sheet.columns, f"{sheet.model} is sorted by {column}"


EXPORTED = {export.model for export in declared_exports(manifest()) if export.format == "csv"}


@for_each([model for model in models() if model["name"] in EXPORTED], lambda one: one["name"])
def test_no_text_column_of_any_csv_export_begins_like_a_formula(model):
    columns = {name: one["data_type"] for name, one in model["columns"].items()}
    texts = [name for name, kind in columns.items() if kind == "varchar"]
    others = set(columns.values()) - {"varchar"}
    # What is written as it is can hold no text.
    assert not {kind for kind in others if "char" in kind or kind in ("json", "text", "string")}
    connection = duckdb.connect()
    declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"create table rows ({declared})")
    for text in HOSTILE[:7]:
        if texts:
            names = ", ".join(f'"{name}"' for name in texts)
            marks = ", ".join("?" for _ in texts)
            connection.execute(f"insert into rows ({names}) values ({marks})", [text] * len(texts))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        WRITERS["csv"](connection.table("rows"), path)
        read = duckdb.execute(
            f"select * from read_csv('{path}', header = true, all_varchar = true, quote = '\"', "
            f"escape = '\"', delim = ',', auto_detect = false, new_line = '\\n', "
            f"columns = {dict.fromkeys(columns, 'varchar')})"
        ).fetchall()
    cells_of = [cell for row in read for cell in row if cell]
    assert len(cells_of) == 7 * len(texts)
    assert not [cell for cell in cells_of if cell[0] in "=+-@\t\r"]


def test_money_is_written_as_a_number_of_two_decimals(tmp_path, connection):
    path = tmp_path / "names.xlsx"
    write_workbook(connection, [SHEET], date(2026, 10, 31), path)
    cell = cells(path)[0][2]
    assert (Decimal(str(cell.value)), cell.number_format) == (Decimal("-2.25"), "#,##0.00")
