"""A source that says it deleted a row is understood, however it says so, in every format."""

import json
from pathlib import Path

import duckdb
import pyarrow
import pytest
from pyarrow import parquet

from orchestration.landing.contract import Column, SourceTable
from orchestration.landing.deletions import NOT_UNDERSTOOD, deletions, is_deleted, others
from tests.orchestration.landing.conftest import Company

GONE, THERE = True, False
TIME = "2026-11-01T10:00:00Z"


@pytest.mark.parametrize(
    ("value", "says"),
    [
        *[(value, GONE) for value in (True, "TRUE", "true", "t", "Yes", "y", 1, "1", "1.0", "on")],
        *[(value, THERE) for value in (False, "FALSE", "f", "No", "n", 0, "0", "0.0", "off", " ")],
        *[(value, GONE) for value in (TIME, "2026-09-30", "30.9.2026", 1790000000, "20260930")],
        *[(value, THERE) for value in (None, "", "NULL", "None", "NaN", "NaT", "N/A")],
        *[(value, THERE) for value in ("0001-01-01T00:00:00Z", "1970-01-01 00:00:00")],
        *[(value, THERE) for value in ("0000-00-00 00:00:00", "1899-12-30", "9999-12-31")],
    ],
)
def test_every_spelling_of_deleted_and_of_not(company: Company, value: object, says: bool) -> None:
    company.put("a.jsonl", json.dumps({"id": "1", "placed_at": TIME, "deleted_at": value}))
    company.land()
    assert company.value("_is_deleted") is says
    assert company.value("_extra") is None
    assert company.rows("select * from raw.load_warnings") == []


@pytest.mark.parametrize(
    "name",
    [
        *("_fivetran_deleted", "is_deleted", "deleted", "deleted_at", "archived", "__deleted"),
        *("_ab_cdc_deleted_at", "_sdc_deleted_at", "_FIVETRAN_DELETED", "IsDeleted", "deletedAt"),
        *("Deleted At", "is_archived", "_PEERDB_IS_DELETED", "__hevo__marked_deleted"),
    ],
)
def test_every_name_of_the_column(company: Company, name: str) -> None:
    company.put("a.csv", f"id,placed_at,{name}\n1,{TIME},true\n2,{TIME},\n3,{TIME},false\n")
    company.land()
    assert company.rows("select id from raw.shop_orders where _is_deleted") == [("1",)]
    assert company.rows("select count(*) from raw.shop_orders where not _is_deleted") == [(2,)]
    assert company.rows("select * from raw.load_warnings") == []


@pytest.mark.parametrize("name", ["deleted_by", "undeleted", "deleted_items", "archive_url"])
def test_a_column_that_only_sounds_like_it_is_an_unknown_one(company: Company, name: str) -> None:
    company.put("a.csv", f"id,placed_at,{name}\n1,{TIME},1\n")
    company.land()
    assert company.value("_is_deleted") is False
    assert company.rows("select column_name, warning from raw.load_warnings") == [
        (name, "unknown column")
    ]


def test_one_of_several_columns_is_enough_and_the_others_stay_unknown(company: Company) -> None:
    row = {"id": "1", "placed_at": TIME, "_fivetran_deleted": False, "deleted_at": TIME, "hue": 3}
    company.put("a.jsonl", json.dumps(row))
    company.land()
    assert company.value("_is_deleted") is True
    assert json.loads(company.value("_extra")) == {"hue": 3}


def test_parquet_says_it_with_its_own_types(company: Company, tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "id": ["1", "2", "3"],
            "placed_at": [TIME] * 3,
            "_fivetran_deleted": [True, False, None],
            "deleted_at": pyarrow.array(
                [None, None, 1_790_000_000_000_000], pyarrow.timestamp("us")
            ),
        }
    )
    parquet.write_table(table, company.put("a.parquet", b""))
    company.land()
    assert company.rows("select id, _is_deleted from raw.shop_orders order by id") == [
        ("1", True),
        ("2", False),
        ("3", True),
    ]


@pytest.mark.parametrize("value", ["perhaps", {"by": "u1"}, ["u1"]])
def test_what_says_neither_is_kept_and_counted(company: Company, value: object) -> None:
    company.put("a.jsonl", json.dumps({"id": "1", "placed_at": TIME, "deleted": value}))
    company.land()
    assert company.value("_is_deleted") is False
    assert json.loads(company.value("_extra")) == {"deleted": value}
    assert company.rows("select column_name, warning, row_count from raw.load_warnings") == [
        ("deleted", NOT_UNDERSTOOD, 1)
    ]


def test_a_contract_that_names_such_a_column_keeps_it_to_itself(company: Company) -> None:
    archive = SourceTable(
        "shop",
        "boxes",
        "shop_boxes",
        (Column("id", "varchar", required=True), Column("archived", "boolean")),
        identity=("id",),
    )
    company.put("a.jsonl", '{"id": "1", "archived": true}', "shop/boxes")
    company.land([archive])
    assert company.rows("select archived, _is_deleted from raw.shop_boxes") == [(True, False)]


def test_a_warehouse_of_before_gets_the_column_and_what_its_rows_said(company: Company) -> None:
    company.put("a.csv", f"id,placed_at\n1,{TIME}\n2,{TIME}\n")
    company.land()
    with company.warehouse.writing() as connection:
        connection.execute("alter table raw.shop_orders drop column _is_deleted")
        connection.execute(
            "update raw.shop_orders set _extra = '{\"_fivetran_deleted\": true}' where id = '2'"
        )
    company.put("b.csv", f"id,placed_at,deleted\n3,{TIME},f\n")
    company.land()
    assert company.rows("select id, _is_deleted from raw.shop_orders order by id") == [
        ("1", False),
        ("2", True),
        ("3", False),
    ]


@pytest.mark.parametrize("key", ["a/b", "a~b", '"', "$.deleted", "", "deleted\n"])
def test_a_strange_key_beside_it_does_no_harm(key: str) -> None:
    unknown = json.dumps({key: 1, "is_deleted": "yes"})
    with duckdb.connect() as connection:
        [row] = connection.execute(
            f"select {is_deleted('found')}, {others('unknown', 'found')} from "
            f"(select unknown, {deletions('unknown')} as found from (select $1::json as unknown))",
            [unknown],
        ).fetchall()
    assert row[0] is True
    assert json.loads(row[1]) == {key: 1}
