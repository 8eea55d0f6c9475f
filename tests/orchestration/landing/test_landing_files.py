"""What becomes of whole files: damaged, repeated, changed, unknown."""

import gzip
import json
import os

import pyarrow
import pytest
from pyarrow import parquet

from orchestration.landing.errors import LandingError
from orchestration.landing.files import LINK
from orchestration.landing.remarks import is_remark
from orchestration.landing.tables import BOOKS
from orchestration.warehouse.connection import Warehouse


def orders_text(*identifiers: str) -> str:
    return "".join(
        json.dumps({"id": name, "placed_at": "2026-01-31T10:00:00Z"}) + "\n" for name in identifiers
    )


MANY = orders_text(*(f"{number:06}" for number in range(30000))).encode()


def zstd(content: bytes) -> bytes:
    return pyarrow.Codec("zstd").compress(content, asbytes=True)


PACKED = {"gz": gzip.compress, "zst": zstd}


@pytest.mark.parametrize("ending", ["zst", "gz", "br", "sz", "lz4"])
def test_a_parquet_file_is_one_whatever_its_name_says_of_the_packing_inside_it(company, ending):
    rows = pyarrow.table({"id": ["a"], "placed_at": ["2026-01-31T10:00:00Z"]})
    with pyarrow.BufferOutputStream() as written:
        parquet.write_table(rows, written, compression="zstd")
    company.put(f"one.parquet.{ending}", written.getvalue().to_pybytes())
    company.land()
    assert company.ids() == ["a"]
    assert company.refusals() == []


@pytest.mark.parametrize("ending", PACKED)
def test_packed_files_load_also_when_they_have_several_parts(company, ending):
    pack = PACKED[ending]
    company.put(
        f"one.jsonl.{ending}", pack(orders_text("a").encode()) + pack(orders_text("b").encode())
    )
    company.put(f"two.csv.{ending}", pack(b"id,placed_at\nc,2026-01-31\n"))
    company.land()
    assert company.ids() == ["a", "b", "c"]


def test_lines_of_json_are_read_whatever_of_the_three_endings_they_have(company):
    company.put("one.json", orders_text("a", "b"))
    company.put("two.json.gz", gzip.compress(orders_text("c").encode()))
    company.put("three.ndjson", orders_text("d"))
    company.put("four.json", "broken\n" + orders_text("e"))
    company.land()
    assert company.ids() == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("kept", [0.001, 0.5, 0.99, "all but the last byte"])
@pytest.mark.parametrize(("ending", "name"), [("gz", "gzip"), ("zst", "zstd")])
def test_a_truncated_container_is_refused_and_brings_no_row(company, ending, name, kept):
    packed = PACKED[ending](MANY)
    length = len(packed) - 1 if isinstance(kept, str) else int(len(packed) * kept) + 8
    company.put(f"one.jsonl.{ending}", packed[:length])
    done = company.land()["orders"]
    reason = f"truncated {name}: it ends before its end mark; deliver it again"
    assert done.refused == {f"shop/orders/one.jsonl.{ending}": reason}
    assert company.ids() == []
    assert company.rows(
        "select lines_read, rows_loaded, rows_quarantined, refusal from raw.loads"
    ) == [(0, 0, 0, reason)]
    assert company.reported == [
        f"Refused shop/orders/one.jsonl.{ending}: {reason}. Nothing of it was loaded: put it "
        "right and run again."
    ]


@pytest.mark.parametrize("ending", PACKED)
def test_a_truncated_file_does_not_keep_its_neighbours_from_loading(company, ending):
    company.put("a.jsonl", orders_text("a"))
    company.put(f"b.jsonl.{ending}", PACKED[ending](MANY)[:-5])
    company.put("c.jsonl", orders_text("c"))
    company.land()
    assert company.ids() == ["a", "c"]


def test_a_corrupt_gzip_is_refused(company):
    packed = bytearray(gzip.compress(MANY))
    packed[len(packed) // 2] ^= 0xFF
    company.put("one.jsonl.gz", bytes(packed))
    company.land()
    assert company.ids() == []
    assert company.refusals()[0].startswith("corrupt gzip: ")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("one.jsonl", b"", "empty file: 0 bytes"),
        ("one.csv", b"", "empty file: 0 bytes"),
        ("one.jsonl", b"\n \n\r\n", "empty file: it has no lines"),
        ("one.csv", b"\n\n", "empty file: it has no lines"),
        ("one.jsonl.gz", gzip.compress(b"", mtime=0), "empty file: nothing inside its container"),
        ("one.jsonl.zst", zstd(b""), "empty file: nothing inside its container"),
        (
            "one.jsonl",
            b'{"id"\x00',
            "binary content: it holds NUL bytes; expected UTF-8 text",
        ),
        (
            "one.csv",
            gzip.compress(b"id,placed_at", mtime=0),
            "binary content: its content is gzip, so its name must end in .gz",
        ),
        (
            "one.csv",
            "id,placed_at\n".encode("utf-16"),
            "binary content: its content is UTF-16; save it as UTF-8",
        ),
        (
            "orders.xlsx",
            b"PK",
            "unknown ending of the file name; expected jsonl, ndjson, json, csv or tsv (plain, "
            ".gz or .zst), or parquet; save each of its sheets as CSV",
        ),
        (
            "access.log.gz",
            gzip.compress(b"192.0.2.7 - -", mtime=0),
            "unknown ending of the file name; expected jsonl, ndjson, json, csv or tsv (plain, "
            ".gz or .zst), or parquet; docs/logs.md shows how a log becomes a table",
        ),
        (
            "1777888800.a6b2c3d4.gz",
            gzip.compress(b"192.0.2.7 - -", mtime=0),
            "unknown ending of the file name; expected jsonl, ndjson, json, csv or tsv (plain, "
            ".gz or .zst), or parquet",
        ),
        (
            "1777888800.a6b2c3d4.gz",
            b"no gzip",
            "unknown ending of the file name; expected jsonl, ndjson, json, csv or tsv (plain, "
            ".gz or .zst), or parquet",
        ),
        (
            "one.parquet.zst",
            zstd(b"PAR1"),
            "unknown ending of the file name; expected jsonl, ndjson, json, csv or tsv (plain, "
            ".gz or .zst), or parquet",
        ),
        (
            "0000_part_00",
            b"PAR1 and what follows",
            "unknown ending of the file name; expected jsonl, ndjson, json, csv or tsv (plain, "
            ".gz or .zst), or parquet; it holds Parquet: end its name in .parquet",
        ),
        (
            "export 1.json",
            b'{"page": {"id": "p"},\n "orders": [\n  {"id": "a"}]}\n',
            "it is one JSON document, and not one object a line: write the objects of its list as "
            "lines, as with jq -c '.orders[]' 'export 1.json' > 'export 1-lines.jsonl'",
        ),
        (
            "one.jsonl.gz",
            b"plain text",
            "corrupt gzip: it begins, or goes on after its end mark, with what is no gzip; "
            "deliver it again",
        ),
    ],
)
def test_a_file_that_cannot_be_read_as_a_whole_is_refused(company, name, content, reason):
    company.put(name, content)
    company.put("good.jsonl", orders_text("a"))
    company.land()
    assert company.refusals() == [reason]
    assert company.rows("select file, line_number, reason, line from raw.quarantine") == [
        (f"shop/orders/{name}", None, reason, None)
    ]
    assert company.ids() == ["a"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_is_refused(company):
    company.put("one.jsonl", orders_text("a")).chmod(0)
    company.land()
    assert company.refusals() == ["cannot be read: Permission denied"]


def test_a_link_is_refused_until_the_file_itself_is_there(company):
    path = company.put("one.jsonl", orders_text("a"))
    path.rename(path.with_name(".hidden"))
    path.symlink_to(path.with_name(".hidden"))
    company.land()
    assert (company.ids(), company.refusals()) == ([], [LINK])
    path.unlink()
    path.with_name(".hidden").rename(path)
    company.land()
    assert (company.ids(), company.refusals()) == (["a"], [])


def test_a_refused_file_loads_once_its_content_is_right(company):
    company.put("one.jsonl.gz", gzip.compress(MANY)[:-1])
    company.land()
    company.put("one.jsonl.gz", gzip.compress(MANY))
    company.land()
    assert len(company.ids()) == 30000
    assert company.refusals() == []
    assert company.rows("from raw.quarantine") == []


def test_a_refusal_is_booked_once_and_reported_until_put_right(company):
    company.put("one.jsonl", b"")
    company.land()
    company.land()
    assert len(company.refusals()) == 1
    assert len(company.reported) == 2


def test_a_file_is_loaded_once(company):
    company.put("one.jsonl", orders_text("a"))
    company.land()
    done = company.land()["orders"]
    assert company.ids() == ["a"]
    assert (done.files, done.replayed, company.rows("from raw.replays")) == ([], [], [])


def test_a_content_that_comes_again_under_another_name_is_a_replay(company):
    company.put("one.jsonl", orders_text("a"))
    company.land()
    company.put("two.jsonl", orders_text("a"))
    assert company.land()["orders"].replayed == ["shop/orders/two.jsonl"]
    assert company.land()["orders"].replayed == []
    assert company.ids() == ["a"]
    assert company.rows("select file, lines from raw.replays") == [("shop/orders/two.jsonl", 1)]
    assert company.rows(
        "select count(*) from raw.replays join raw.loads on first_load_id = load_id"
    ) == [(1,)]


def test_two_files_of_one_content_in_one_run_are_loaded_once(company):
    company.put("one.jsonl", orders_text("a"))
    company.put("two.jsonl", orders_text("a"))
    done = company.land()["orders"]
    assert (done.files, done.replayed) == (["shop/orders/one.jsonl"], ["shop/orders/two.jsonl"])


def test_a_file_whose_content_changed_replaces_what_it_had_brought(company):
    company.put("one.jsonl", orders_text("a", "b") + "bad\n")
    company.put("two.jsonl", orders_text("z"))
    company.land()
    company.put("one.jsonl", orders_text("b", "c"))
    assert company.land()["orders"].replaced == ["shop/orders/one.jsonl"]
    assert company.ids() == ["b", "c", "z"]
    assert company.refused_lines() == []
    assert company.rows("select sum(rows_loaded) from raw.loads") == [(3,)]
    assert company.rows("select file, rows_deleted from raw.replacements") == [
        ("shop/orders/one.jsonl", 2)
    ]


def test_a_changed_file_that_cannot_be_read_takes_nothing_away(company):
    company.put("one.jsonl", orders_text("a"))
    company.land()
    company.put("one.jsonl", b"")
    company.land()
    assert company.ids() == ["a"]
    assert company.refusals() == ["empty file: 0 bytes"]


def test_a_content_stays_when_the_file_that_brought_it_changes_but_a_copy_remains(company):
    company.put("b.jsonl", orders_text("a"))
    company.land()
    company.put("a.jsonl", orders_text("a"))
    company.put("b.jsonl", orders_text("b"))
    company.land()
    assert company.ids() == ["a", "b"]


def test_files_that_swap_their_contents_keep_all_rows(company):
    company.put("a.jsonl", orders_text("a"))
    company.put("b.jsonl", orders_text("b"))
    company.land()
    company.put("a.jsonl", orders_text("b"))
    company.put("b.jsonl", orders_text("a"))
    company.land()
    assert company.rows("select id, _file from raw.shop_orders order by 1") == [
        ("a", "shop/orders/b.jsonl"),
        ("b", "shop/orders/a.jsonl"),
    ]


def test_folders_that_match_no_table_are_named(company):
    company.put("one.jsonl", orders_text("a"), folder="shop/order")
    company.put("one.jsonl", orders_text("a"), folder="store/orders")
    company.put("stray.jsonl", orders_text("a"), folder="shop")
    company.put(".gitkeep", "", folder="")
    company.land()
    assert company.reported == [
        "Not loaded, as no source table is declared for it: shop/order, shop/stray.jsonl, store"
    ]


def test_loading_some_tables_does_not_call_the_others_unknown(company, orders, plans):
    company.put("one.jsonl", orders_text("a"), folder="shop/plans")
    company.land([orders], declared=[orders, plans])
    assert company.reported == []
    assert company.rows("select count(*) from raw.shop_plans") == [(0,)]


def test_a_table_whose_source_is_absent_is_empty_and_typed(company):
    company.land()
    assert company.rows("select plan, price, _line, _extra from raw.shop_plans") == []


def test_a_folder_that_cannot_be_listed_stops_the_load(company):
    company.landing.rmdir()
    with pytest.raises(LandingError, match=r"There is no landing folder .*make demo"):
        company.land()
    company.landing.write_text("x")
    with pytest.raises(LandingError, match=r"The landing folder .* is a file"):
        company.land()


def test_a_file_of_unknown_kind_is_refused_even_if_its_content_is_loaded(company):
    company.put("one.jsonl", orders_text("a"))
    company.put("one.jsonl.bak", orders_text("a"))
    company.land()
    company.land()
    assert len(company.refusals()) == 1
    assert company.rows("from raw.replays") == []


def test_two_warehouses_built_from_the_same_files_agree(company, tmp_path):
    company.put("one.jsonl", orders_text("a") + "bad\n")
    company.put("two.csv", "id,placed_at,new\nb,2026-01-31,x\n")
    company.put("three.jsonl", "")
    company.land()
    first = {table: company.rows(f"from raw.{table} order by all") for table in BOOKS}
    company.warehouse = Warehouse(tmp_path / "other.duckdb")
    company.land()
    assert {table: company.rows(f"from raw.{table} order by all") for table in BOOKS} == first


def test_files_that_are_all_gone_are_said_and_what_they_brought_stays(company):
    company.put("one.jsonl", orders_text("a"))
    company.land()
    file = next(company.landing.rglob("one.jsonl"))
    # Moved to an archive while others lie there is everyday.
    company.put("two.jsonl", orders_text("b"))
    file.unlink()
    company.land()
    assert not any("landing folder is empty" in said for said in company.reported)
    next(company.landing.rglob("two.jsonl")).rename(company.landing / ".two.jsonl")
    company.land()
    assert company.ids() == ["a", "b"]
    said = [said for said in company.reported if "landing folder is empty" in said]
    assert len(said) == 1
    assert "2 file(s) were loaded" in said[0]
    assert is_remark(said[0])
    assert company.rows("select said from raw.not_read") == [(said[0],)]
