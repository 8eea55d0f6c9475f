"""Files as people have them: read, or refused or quarantined by name, and the others go on."""

import json
import os
import threading
from pathlib import Path

import duckdb
import pyarrow
import pytest
from pyarrow import parquet

from orchestration.landing import batches, records
from orchestration.landing.documents import DOCUMENT
from orchestration.landing.errors import LandingError
from orchestration.landing.files import LINK
from orchestration.landing.ledger import KEY_TWICE
from orchestration.landing.no_rows import A_TOTAL, HEADER_AGAIN
from orchestration.landing.second_looks import NO_NUMBER

DAY = "2026-01-31"
HEADER = "id,placed_at,note\n"
GOOD = f"{HEADER}good,{DAY},x\n"
PERSON = "Josefine Beispiel,josefine@example.org,+49 30 123456,Berlin"


def ids_and_reasons(company, name: str, content: bytes | str) -> tuple[list, list]:
    """Land a file beside a good one; return its identifiers and its refused lines."""
    company.put("zz.csv", GOOD)
    company.put(name, content)
    company.land()
    loaded = company.ids()
    loaded.remove("good")
    return loaded, company.refused_lines()


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (f"id,placed_at\ra,{DAY}\rb,{DAY}\r", ["a", "b"]),
        (f'id,placed_at,note\ra,{DAY},"two\rlines"\rb,{DAY},', ["a", "b"]),
        (f'\ufeffid,"placed_at","what\nyou\nwrote"\na,{DAY},x\nb,{DAY},y\n', ["a", "b"]),
        (f'"id","placed_at","what ""you""\r\nwrote"\r\na,{DAY},x\r\n', ["a"]),
        (f"id,placed_at,note,,\na,{DAY},x,,\nb,{DAY},y\nc,{DAY},,,\n", ["a", "b", "c"]),
        (f"id,placed_at,note\na,{DAY},x,,\nb,{DAY},y, \n", ["a", "b"]),
        (f'id,placed_at,note\na,{DAY},"x,,",,\n', ["a"]),
        (f",id,placed_at\n0,a,{DAY}\n1,b,{DAY}\n", ["a", "b"]),
        (f"sep=;\nid;placed_at\na;{DAY}\n", ["a"]),
        (f'"sep=;"\r\nid;placed_at\r\na;{DAY}\r\n', ["a"]),
        (f"sep=|\nid|placed_at\na|{DAY}\n", ["a"]),
        (f"SEP=\t\nid\tplaced_at\na\t{DAY}\n", ["a"]),
        (f"\n\n  \nid,placed_at\na,{DAY}\n", ["a"]),
        (f' id , "placed_at" \na,{DAY}\n'.replace(' "placed_at" ', '"placed_at"'), ["a"]),
        (f"id,placed_at,{'x' * 140_000}\na,{DAY},1\n", ["a"]),
        (f'"id","placed_at"\n"a","{DAY}"\n', ["a"]),
    ],
    ids=range(16),
)
def test_what_spreadsheets_write_is_read(company, content, ids):
    assert ids_and_reasons(company, "one.csv", content) == (ids, [])
    assert company.refusals() == []


def test_lines_are_counted_after_a_header_of_several(company):
    company.put("one.csv", f'id,placed_at,"a\nb"\nx,{DAY},1\ny,{DAY},2\n')
    company.land()
    assert company.rows("select id, _line, _extra from raw.shop_orders order by id") == [
        ("x", 3, '{"a b":"1"}'),
        ("y", 4, '{"a b":"2"}'),
    ]


def test_a_value_below_a_cell_without_a_name_is_kept(company):
    company.put("one.csv", f"id,placed_at,,\na,{DAY},,left\n")
    company.land()
    assert json.loads(company.value("_extra")) == {"column 4": "left"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("id,placed_at,note", HEADER_AGAIN),
        ('"id", placed_at ,note', HEADER_AGAIN),
        ("Total,,", A_TOTAL),
        ("TOTAL: 3,,", A_TOTAL),
        (",,Grand Total", A_TOTAL),
        ("Sum,,12", A_TOTAL),
        ("Gesamtsumme,,", A_TOTAL),
        ("Subtotal (12 rows),,1.250", A_TOTAL),
        ("(3 rows),,", A_TOTAL),
        ("Total", A_TOTAL),
        ("Total,3", A_TOTAL),
        ("Total,,,,5400", A_TOTAL),
        (f"Grand Total:,{DAY},", A_TOTAL),
        (f"Grand total,{DAY},of all", A_TOTAL),
        (",,x", "required column id is missing"),
        ("summit,,", "required column placed_at is missing"),
        ("total,,a house", "required column placed_at is missing"),
    ],
)
def test_what_is_no_row_is_refused_for_that(company, line, reason):
    content = f"{HEADER}a,{DAY},x\n{line}\nb,{DAY},y\n"
    assert ids_and_reasons(company, "one.csv", content) == (["a", "b"], [(3, reason)])


def test_a_thing_that_is_called_total_is_a_row(company):
    rows = f"total,{DAY},a plan\nSum,{DAY},\ncount,{DAY},Total\n"
    assert ids_and_reasons(company, "one.csv", HEADER + rows) == (["Sum", "count", "total"], [])


def test_a_total_that_has_nothing_but_its_identifier_is_no_row_of_a_table_that_asks_no_more(
    company, plans
):
    company.put("one.csv", "plan,price\nbasic,3\nTotal,3\nplan,price\n", "shop/plans")
    company.put("two.jsonl", '{"plan": "pro"}\n{"plan": "Total", "price": 9}', "shop/plans")
    table = pyarrow.table({"plan": ["team", "Grand total"], "price": [1, 2]})
    parquet.write_table(table, company.put("three.parquet", b"", "shop/plans"))
    company.land([plans])
    assert company.rows("select plan from raw.shop_plans order by 1") == [
        ("basic",),
        ("pro",),
        ("team",),
    ]
    assert [reason for _, reason in company.refused_lines()] == [
        A_TOTAL,
        HEADER_AGAIN,
        A_TOTAL,
        A_TOTAL,
    ]


@pytest.mark.parametrize("second", ["note,placed_at,id", "placed_at,id", "id,note,placed_at,day"])
def test_another_header_below_the_first_refuses_the_file(company, second):
    loaded, refused = ids_and_reasons(
        company, "one.csv", f"{HEADER}a,{DAY},x\n{second}\ny,{DAY},b\n"
    )
    assert (loaded, refused) == ([], [])
    assert company.refusals() == [
        "line 3 is another header than the first one, so the rows below it mean something else; "
        "make one file of each part"
    ]


@pytest.mark.parametrize(
    ("name", "content", "begins"),
    [
        ("person.csv", f"{PERSON}\n{PERSON}\n", "no header: line 1 names none of the columns"),
        ("person2.csv", f"{PERSON},note\n", "the header lacks the required columns id, placed_at"),
        ("page.csv", f"<html>\n<p>{PERSON}</p>\n", "no header: line 1 names none of"),
        ("object.csv", json.dumps({"name": PERSON}), "no header: line 1 names none of"),
        ("long.csv", PERSON * 400_000, "no header: line 1 is longer than 16 MB"),
        ("quotes.csv", f'"{PERSON}\n"",', "no header: line 1 names none of"),
        ("caret.csv", f"sep=^\nid^placed_at\n{PERSON}\n", "line 1 announces another delimiter"),
        ("utf16.csv", GOOD.encode("utf-16"), "binary content: its content is UTF-16"),
        ("utf16.jsonl", b"\xff\xfe" + b"{\x00", "binary content: its content is UTF-16"),
        ("p.csv", b"%PDF-1.4\n" + PERSON.encode(), "binary content: its content is a PDF"),
        ("old.csv", b"\xd0\xcf\x11\xe0" + b"\n", "binary content: its content is a spreadsheet"),
        ("twice.csv", f"id,placed_at,id\n{PERSON}\n", "the header names columns twice: id"),
        ("x\n.csv", GOOD + "a", "its name holds characters that cannot be printed"),
        ("new\x1b[2J.jsonl", "{}", "its name holds characters that cannot be printed"),
    ],
)
def test_a_refusal_names_the_file_and_tells_nothing_of_what_it_holds(
    company, name, content, begins
):
    assert ids_and_reasons(company, name, content) == ([], [])
    [refusal] = company.refusals()
    assert refusal.startswith(begins)
    told = "\n".join([*company.reported, refusal, *map(str, company.rows("from raw.quarantine"))])
    assert not any(part in told for part in ["Josefine", "josefine", "49 30", "Berlin"])
    assert any("Refused shop/orders/" in line for line in company.reported)


@pytest.mark.parametrize(
    "name", ["[1]", "*", "?", "[", "]", "[!a]", "{1,2}", "'", "a b", "%41", "ä"]
)
def test_a_parquet_name_is_no_pattern(company, name):
    for stem in ("1", "a", name):
        row = {"id": [stem], "placed_at": [DAY]}
        parquet.write_table(
            pyarrow.table(row), company.put(f"export{stem}.parquet", b"", "shop/orders/d[1]")
        )
    company.land()
    assert company.rows("select id, _file from raw.shop_orders order by id") == sorted(
        (stem, f"shop/orders/d[1]/export{stem}.parquet") for stem in ("1", "a", name)
    )


def test_a_parquet_file_with_two_columns_of_one_name_is_refused(company):
    columns = [pyarrow.array(["a"]), pyarrow.array([DAY]), pyarrow.array(["b"])]
    table = pyarrow.Table.from_arrays(columns, names=["id", "placed_at", "ID"])
    parquet.write_table(table, company.put("one.parquet", b""))
    company.put("two.csv", GOOD)
    company.land()
    assert (company.refusals(), company.ids()) == (["it names columns twice: id"], ["good"])


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "nan", "inf", "-inf", "INF"])
@pytest.mark.parametrize(
    "line", ['{"id": %s, "placed_at": 1}', '{"id":"a","placed_at":1,"properties":{"x":[1,%s ]}}']
)
def test_a_number_that_is_none_is_no_json(company, word, line):
    loaded, refused = ids_and_reasons(company, "one.jsonl", line % word)
    assert (loaded, refused) == ([], [(1, NO_NUMBER)])


def test_a_text_that_speaks_of_no_number_is_a_text(company):
    note = 'she said: nan, "inf", [NaN] {"a":NaN}, \\'
    row = {"id": "a", "placed_at": DAY, "note": note, "properties": {"NaN": ", nan,"}}
    assert ids_and_reasons(company, "one.jsonl", json.dumps(row)) == (["a"], [])
    assert company.rows("select note from raw.shop_orders where id = 'a'") == [(note,)]


def test_of_a_key_twice_the_last_value_counts_and_is_counted(company):
    lines = [
        '{"id": "a", "placed_at": "2026-01-31", "note": "old", "note": "new"}',
        '{"id": "b", "placed_at": "2026-01-31", "hue": 1, "hue": 1.5, "note": "x", "note": null}',
        '{"id": "wrong", "placed_at": "2026-01-31", "id": "c", "properties": {"n": []}}',
        '{"id": "d", "placed_at": "2026-01-31", "placed_at": "then"}',
        '{"id": "e", "placed_at": "2026-01-31", "deleted": false, "deleted": true}',
    ]
    company.put("one.jsonl", "\n".join(lines))
    company.land()
    assert company.rows(
        "select id, note, properties, _extra, _is_deleted, _line from raw.shop_orders order by id"
    ) == [
        ("a", "new", None, None, False, 1),
        ("b", None, None, '{"hue":1.5}', False, 2),
        ("c", None, '{"n":[]}', None, False, 3),
        ("e", None, None, None, True, 5),
    ]
    assert company.refused_lines() == [
        (4, 'required column placed_at is not a timestamp: "then"'),
    ]
    assert company.rows("select line from raw.quarantine") == [(lines[3],)]
    assert company.rows(
        "select column_name, row_count from raw.load_warnings "
        f"where warning = '{KEY_TWICE}' order by 1"
    ) == [("deleted", 1), ("hue", 1), ("id", 1), ("note", 2)]


def test_a_name_that_is_no_text_is_refused(company):
    folder = company.put("a.csv", GOOD).parent
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.csv")).write_text(GOOD + "x")
    company.land()
    assert company.refusals() == ["its name holds characters that cannot be printed; rename it"]
    assert company.ids() == ["good"]


def test_a_pipe_and_a_link_to_a_folder_above_keep_nobody_waiting(company):
    folder = company.put("a.csv", GOOD).parent
    os.mkfifo(folder / "pipe.csv")
    (folder / "loop").symlink_to(folder)
    company.land()
    assert company.refusals() == [LINK, "it is no file but a pipe, socket or device"]
    assert company.ids() == ["good"]


def failing(error: BaseException):
    def read(*_):
        raise error

    return read


@pytest.mark.parametrize(
    "error",
    [UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), pyarrow.ArrowInvalid(PERSON), EOFError()],
)
def test_what_a_library_raises_at_a_content_refuses_the_file(company, monkeypatch, error):
    monkeypatch.setattr(records, "split_records", failing(error))
    company.put("one.csv", GOOD)
    company.put("two.jsonl", json.dumps({"id": "b", "placed_at": DAY}))
    company.land()
    assert company.ids() == ["b"]
    assert company.refusals() == [
        f"its content makes no sense at its beginning ({type(error).__name__})"
    ]


@pytest.mark.parametrize("error", [TypeError("x"), IndexError("x"), AssertionError("x")])
def test_a_fault_of_the_loader_is_no_refusal_and_names_the_file(company, monkeypatch, error):
    company.put("one.csv", GOOD)
    for name in ("split_records", "_batches"):
        with monkeypatch.context() as patch:
            patch.setattr(records, name, failing(error))
            with pytest.raises(LandingError, match=r"shop/orders/one.csv: .*fault of the loader"):
                company.land()
    assert company.rows("from raw.loads") == []


@pytest.mark.parametrize(
    ("error", "raised", "says"),
    [
        (KeyboardInterrupt(), KeyboardInterrupt, ""),
        (SystemExit(), SystemExit, ""),
        (MemoryError(), LandingError, "one.csv: .* no room left"),
        (OSError(28, "No space left on device"), LandingError, "one.csv: .* no room left"),
        (OSError(24, "Too many open files"), LandingError, "one.csv: .* no room left"),
    ],
)
def test_a_wish_to_stop_and_a_machine_at_its_limits_are_no_refusal(
    company, monkeypatch, error, raised, says
):
    monkeypatch.setattr(records, "split_records", failing(error))
    company.put("one.csv", GOOD)
    with pytest.raises(raised, match=says):
        company.land()
    assert company.rows("from raw.loads") == []


def test_a_wish_to_stop_in_the_midst_of_a_file_stops(company, monkeypatch):
    calls = []
    split_records = records.split_records

    def once(*arguments):
        calls.append(1)
        if len(calls) > 2:
            raise KeyboardInterrupt
        return split_records(*arguments)

    monkeypatch.setattr(records, "split_records", once)
    for number in range(5):
        company.put(f"{number}.csv", GOOD + f"{number},{DAY},\n")
    with pytest.raises(KeyboardInterrupt):
        company.land()
    assert company.rows("from raw.loads") == []


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (duckdb.InternalException("x"), LandingError),
        (duckdb.OutOfMemoryException("x"), LandingError),
        (duckdb.BinderException("x"), LandingError),
        (duckdb.InterruptException("x"), duckdb.InterruptException),
    ],
)
def test_an_error_of_duckdb_that_lies_in_no_file_stops_and_names_the_files(
    company, monkeypatch, error, raised
):
    monkeypatch.setattr(batches, "batch_statement", failing(error))
    company.put("one.csv", GOOD)
    with pytest.raises(raised, match="shop/orders/one.csv" if raised is LandingError else "x"):
        company.land()
    assert company.rows("from raw.loads") == []


def test_an_error_of_duckdb_tells_nothing_of_the_content(company, monkeypatch):
    monkeypatch.setattr(batches, "batch_statement", failing(duckdb.ConversionException(PERSON)))
    company.put("one.csv", GOOD)
    company.land()
    [refusal] = company.refusals()
    assert "Josefine" not in refusal
    assert "ConversionException" in refusal


def test_landing_runs_in_the_main_thread_only_when_asked_from_it(company):
    """A run of Dagster lands in a thread of its own: nothing here may need signals."""
    company.put("one.csv", GOOD)
    thread = threading.Thread(target=company.land)
    thread.start()
    thread.join()
    assert company.ids() == ["good"]


ROW = {"id": "a", "placed_at": DAY}
A_ROW_A_LINE = f"[\n{json.dumps(ROW)},\n{json.dumps(ROW)}\n]"


@pytest.mark.parametrize(
    ("name", "content", "path"),
    [
        ("one.jsonl", json.dumps([ROW, ROW]), ".[]"),
        ("one.jsonl", json.dumps([ROW, ROW], indent=2), ".[]"),
        ("one.jsonl", A_ROW_A_LINE, ".[]"),
        ("one.jsonl", json.dumps(ROW, indent=2), "."),
        ("one.jsonl", json.dumps({"data": [ROW]}, indent=2), ".data[]"),
        ("one.json", json.dumps({"count": 1, "data": [ROW]}), ".data[]"),
        ("one.json", '{"id": "a",\n "placed_at": "2026-10-31"}', "."),
    ],
)
def test_a_json_document_is_refused_once_and_not_by_each_of_its_lines(company, name, content, path):
    assert ids_and_reasons(company, name, content + "\n") == ([], [])
    assert company.refusals() == [DOCUMENT.format(path=path, name=name, lines="one-lines.jsonl")]


def test_of_a_document_that_is_no_utf_8_the_rest_of_the_landing_goes_on(company):
    document = json.dumps({"données": [ROW]}, indent=2, ensure_ascii=False)
    company.put("one.jsonl", document.encode("latin-1"))
    company.put("two.jsonl", json.dumps(ROW))
    company.land()
    assert (company.ids(), len(company.refusals())) == (["a"], 1)


@pytest.mark.parametrize("name", ["one.jsonl", "one.json"])
@pytest.mark.parametrize("before", ["{", "[1]", '"text"', '{"id":', json.dumps({"lines": [ROW]})])
def test_a_row_after_a_torn_line_is_a_row(company, name, before):
    ids, reasons = ids_and_reasons(company, name, f"{before}\n{json.dumps(ROW)}")
    assert (ids, len(reasons), company.refusals()) == (["a"], 1, [])
