"""Exports as people open them: in a spreadsheet, which runs a cell that begins like a formula."""

import duckdb
import pytest

from orchestration.assets.exports import WRITERS

HARMFUL = ["=1+1", '=HYPERLINK("http://evil.example","x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
# Spreadsheets that are set to a language of East Asia run these, too.
HARMFUL += ["\n=1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)"]
HARMLESS = ["Alder", "a=b", "1-1", " =1", "'=1", "", 'Söhne & "Co", Ltd\n=not the first line']


@pytest.fixture
def rows():
    connection = duckdb.connect()
    connection.execute(
        'create table names (place integer, name varchar, "a ""name""" varchar, '
        "change double, mrr decimal(18, 2), day date)"
    )
    for place, name in enumerate([*HARMFUL, *HARMLESS, None]):
        connection.execute(
            "insert into names values (?, ?, ?, -1.5, -2.25, date '2026-10-31')",
            [place, name, name],
        )
    return connection.table("names").order("place")


def test_no_text_of_a_csv_export_begins_like_a_formula_and_the_others_are_as_they_were(
    rows, tmp_path
):
    path = tmp_path / "names.csv"
    WRITERS["csv"](rows, path)
    read = duckdb.execute(
        f"select * from read_csv('{path}', header = true, all_varchar = true, quote = '\"', "
        "escape = '\"', delim = ',', new_line = '\\n', auto_detect = false, columns = "
        "{'place': 'varchar', 'name': 'varchar', 'other': 'varchar', 'change': 'varchar', "
        "'mrr': 'varchar', 'day': 'varchar'})"
    ).fetchall()
    assert [row[1] for row in read[: len(HARMFUL)]] == ["'" + name for name in HARMFUL]
    assert [row[1] or "" for row in read[len(HARMFUL) :]] == [*HARMLESS, ""]
    assert all(row[1] == row[2] for row in read)
    assert {row[3:] for row in read} == {("-1.5", "-2.25", "2026-10-31")}


def test_parquet_holds_every_text_as_it_is(rows, tmp_path):
    path = tmp_path / "names.parquet"
    WRITERS["parquet"](rows, path)
    read = duckdb.execute(f"select name from read_parquet('{path}') order by place").fetchall()
    assert [name for (name,) in read] == [*HARMFUL, *HARMLESS, None]
