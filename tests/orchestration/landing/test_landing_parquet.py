"""What becomes of a row of a Parquet file."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from orchestration.landing import files
from orchestration.landing.files import Limits


def put(company, name: str, columns: dict) -> Path:
    path = company.put(name, b"")
    parquet.write_table(pyarrow.table(columns), path)
    return path


def test_a_row_is_read_by_the_names_of_its_columns(company):
    moment = datetime(2026, 1, 31, 10, tzinfo=UTC)
    put(
        company,
        "one.parquet",
        {"placed_at": [moment], "seats": [3.0], "day": [moment], "id": [7]},
    )
    company.land()
    assert company.rows("select id, placed_at, seats, day, _line from raw.shop_orders") == [
        ("7", datetime(2026, 1, 31, 10), 3, date(2026, 1, 31), 1)
    ]


@pytest.mark.parametrize("kind", ["one value in all rows", "one huge value"])
def test_a_file_that_unpacks_beyond_the_ratio_is_refused(company, monkeypatch, kind):
    monkeypatch.setattr(files, "LEAST_LIMIT", 1_000_000)
    count = 500_000 if kind == "one value in all rows" else 1
    column = pyarrow.repeat("a" if count > 1 else "a" * 3_000_000, count).dictionary_encode()
    columns = {"id": column, "placed_at": pyarrow.repeat("2026-01-31", count), "note": column}
    put(company, "bomb.parquet", columns)
    put(company, "good.parquet", {"id": ["b"], "placed_at": ["2026-01-31"]})
    company.land(limits=Limits(unpack_ratio=10))
    [refusal] = company.refusals()
    assert refusal.startswith("it unpacks to more than ")
    assert company.ids() == ["b"]


def test_nested_values_become_json(company):
    columns = {
        "id": ["a"],
        "placed_at": ["2026-01-31T00:00:00Z"],
        "properties": [{"x": [1, 2]}],
    }
    put(company, "one.parquet", columns)
    company.land()
    assert company.value("properties") == '{"x":[1,2]}'


def test_a_row_that_breaks_the_contract_is_quarantined_as_json(company):
    columns = {"id": ["a", "b", None], "placed_at": ["2026-01-31", "n/a", "2026-01-31"]}
    put(company, "one.parquet", columns)
    done = company.land()["orders"]
    assert company.refused_lines() == [
        (2, 'required column placed_at is not a timestamp: "n/a"'),
        (3, "required column id is missing"),
    ]
    assert [
        json.loads(line) for (line,) in company.rows("select line from raw.quarantine order by all")
    ] == [{"id": "b", "placed_at": "n/a"}, {"id": None, "placed_at": "2026-01-31"}]
    assert (done.lines_read, done.rows_loaded) == (3, 1)


def test_unknown_and_unreadable_values_are_kept(company):
    columns = {
        "id": ["a"],
        "placed_at": ["2026-01-31T00:00:00Z"],
        "seats": ["many"],
        "size": [4],
        "filename": ["f"],
    }
    put(company, "one.parquet", {**columns, "colour": pyarrow.nulls(1, pyarrow.string())})
    company.land()
    assert json.loads(company.value("_extra")) == {"seats": "many", "size": 4, "filename": "f"}


def test_files_of_different_schemas_load_side_by_side(company):
    put(company, "a.parquet", {"id": ["a"], "placed_at": ["2026-01-31"]})
    put(company, "b.parquet", {"id": ["b"], "placed_at": [datetime(2026, 1, 31)], "note": ["x"]})
    put(company, "c[1]*?.parquet", {"id": ["c"], "placed_at": ["2026-01-31"]})
    company.land()
    assert company.ids() == ["a", "b", "c"]
    assert company.rows("select _file from raw.shop_orders order by id")[2] == (
        "shop/orders/c[1]*?.parquet",
    )


def test_a_file_that_lacks_required_columns_is_refused(company):
    put(company, "one.parquet", {"note": ["a"]})
    company.land()
    assert company.refusals() == ["it lacks the required columns id, placed_at"]


@pytest.mark.parametrize("content", [b"hello", b"PAR1 and no more", b"PAR1" + b"x" * 100 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_refused(company, content):
    company.put("one.parquet", content)
    company.land()
    assert company.refusals()[0].startswith("not a Parquet file, or a truncated one")


def test_a_file_damaged_inside_is_refused_and_its_neighbours_load(company):
    columns = {
        "id": [f"{n:09}" for n in range(20000)],
        "placed_at": ["2026-01-31T00:00:00Z"] * 20000,
    }
    damaged = bytearray(put(company, "a.parquet", columns).read_bytes())
    put(company, "b.parquet", {"id": ["b"], "placed_at": ["2026-01-31T00:00:00Z"]})
    damaged[4:60] = b"\xff" * 56
    company.put("a.parquet", bytes(damaged))
    company.land()
    assert company.ids() == ["b"]
    assert company.refusals()[0].startswith("DuckDB cannot read it: ")


def test_a_folder_that_looks_like_a_partition_tells_no_column(company):
    path = company.landing / "shop/orders/note=folder/is_open=true/one.parquet"
    path.parent.mkdir(parents=True)
    columns = {"id": ["a"], "placed_at": ["2026-01-31"], "note": ["inside"]}
    parquet.write_table(pyarrow.table(columns), path)
    company.land()
    assert company.rows("select note, is_open, _extra from raw.shop_orders") == [
        ("inside", None, None)
    ]


def test_bytes_without_the_mark_of_a_text_are_one(company):
    columns = {"id": [b"a"], "placed_at": [b"2026-01-31"], "amount": [b"12.5"]}
    columns |= {"note": ["Müller".encode()], "other": ["Zürich".encode()]}
    put(company, "one.parquet", columns)
    company.land()
    assert company.rows("select id, amount, note, _extra from raw.shop_orders") == [
        ("a", 12.5, "Müller", '{"other":"Zürich"}')
    ]


def test_a_row_with_bytes_that_are_no_text_is_refused(company):
    columns = {"id": [b"a", b"b"], "placed_at": [b"2026-01-31"] * 2, "note": [b"x", b"M\xfcller"]}
    put(company, "one.parquet", columns)
    company.land()
    assert company.ids() == ["a"]
    assert company.rows("select line_number, reason from raw.quarantine") == [(2, "invalid UTF-8")]
