"""What becomes of a line of JSON."""

import json
from datetime import date, datetime

import pytest

from orchestration.landing.contract import NOT_OF_TYPE

GOOD = '{"id": "a", "placed_at": "2026-01-31T10:00:00Z"}'


def order(**values: object) -> str:
    return json.dumps({"id": "a", "placed_at": "2026-01-31T10:00:00Z", **values}) + "\n"


def test_a_line_becomes_a_row_that_knows_where_it_came_from(company):
    company.put("2026/one.jsonl", GOOD)
    company.land()
    lineage = "id, placed_at, _file, _line, _loaded_at, _extra"
    assert company.rows(f"select {lineage} from raw.shop_orders") == [
        (
            "a",
            datetime(2026, 1, 31, 10),
            "shop/orders/2026/one.jsonl",
            1,
            datetime(2026, 11, 1, 6),
            None,
        )
    ]
    assert company.rows("select _load_id from raw.shop_orders") == company.rows(
        "select load_id from raw.loads"
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "a"', "not valid JSON"),
        ("hello", "not valid JSON"),
        ('{"id": "a", "placed_at": "2026-01-31"} trailing', "not valid JSON"),
        ("[1]", "not a JSON object"),
        ("42", "not a JSON object"),
        ("null", "not a JSON object"),
        ("{}", "required column id is missing"),
        ('{"id": "", "placed_at": "2026-01-31"}', "required column id is missing"),
        ('{"id": null, "placed_at": "2026-01-31"}', "required column id is missing"),
        ('{"id": "a"}', "required column placed_at is missing"),
        (
            '{"id": "a", "placed_at": "n/a"}',
            'required column placed_at is not a timestamp: "n/a"',
        ),
        (
            '{"id": "a", "placed_at": "infinity"}',
            'required column placed_at is not a timestamp: "infinity"',
        ),
        (
            json.dumps({"id": "a", "placed_at": "x" * 200}),
            f'required column placed_at is not a timestamp: "{"x" * 80}…"',
        ),
        ('{"id": "a", "placed_at": "2026-01-31", "amount": -1}', "amount is negative"),
    ],
)
def test_a_line_that_breaks_the_contract_is_quarantined_with_its_reason(company, line, reason):
    company.put("one.jsonl", f"{GOOD}\n{line}\n")
    done = company.land()["orders"]
    assert company.rows("select line_number, reason, line from raw.quarantine") == [
        (2, reason, line)
    ]
    assert (done.lines_read, done.rows_loaded, done.rows_quarantined) == (2, 1, 1)


def test_line_numbers_are_physical_after_blank_and_undecodable_lines(company):
    lines = [b"\xef\xbb\xbf" + GOOD.encode() + b"\r", b"", b"  \t", b"bad"]
    lines += [b'{"id": "\xff\xfe"}', b"", GOOD.encode(), b"worse", b'{"id": "\xc3\xa9"}']
    company.put("one.jsonl", b"\n".join(lines))
    done = company.land()["orders"]
    assert company.refused_lines() == [
        (4, "not valid JSON"),
        (5, "invalid UTF-8"),
        (8, "not valid JSON"),
        (9, "required column placed_at is missing"),
    ]
    assert company.rows("select _line from raw.shop_orders order by 1") == [(1,), (7,)]
    assert done.lines_read == 6


def test_quarantine_keeps_an_undecodable_line_with_its_bytes_escaped(company):
    company.put("one.jsonl", b'{"id": "\xff\xc3\xa9"}\r\n')
    company.land()
    assert company.rows("select line from raw.quarantine") == [('{"id": "\\xffé"}',)]


@pytest.mark.parametrize("size", [16, 17, 40])
def test_a_line_of_more_than_16_mb_costs_only_itself(company, size):
    long = json.dumps({"id": "b", "placed_at": "2026-01-31", "note": "x" * (size * 1024 * 1024)})
    company.put("one.jsonl", f"{GOOD}\n{long}\n{GOOD}\n")
    company.land()
    assert company.refused_lines() == [(2, "line longer than 16 MB")]
    assert company.rows("select _line from raw.shop_orders order by 1") == [(1,), (3,)]
    assert company.rows("select length(line) < 2000 from raw.quarantine") == [(True,)]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31T10:00:00Z", datetime(2026, 1, 31, 10)),
        ("2026-01-31T10:00:00.25Z", datetime(2026, 1, 31, 10, 0, 0, 250000)),
        ("2026-01-31T10:00:00+02:00", datetime(2026, 1, 31, 8)),
        ("2026-01-31 10:00:00-05", datetime(2026, 1, 31, 15)),
        ("2026-01-31T10:00Z", datetime(2026, 1, 31, 10)),
        ("20260131T100000Z", datetime(2026, 1, 31, 10)),
        ("2026-01-31T10:00:00z", datetime(2026, 1, 31, 10)),
        ("2026-01-31 10:00:00 Europe/Berlin", datetime(2026, 1, 31, 9)),
        (1769853600, datetime(2026, 1, 31, 10)),
        (1769853600250, datetime(2026, 1, 31, 10, 0, 0, 250000)),
    ],
)
def test_a_time_with_a_zone_is_kept_in_utc(company, text, moment):
    company.put("one.jsonl", order(placed_at=text))
    company.land()
    assert company.value("placed_at") == moment
    assert company.rows("from raw.load_warnings") == []


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-31", datetime(2026, 1, 31)),
        ("2026-01-31 10:00:00", datetime(2026, 1, 31, 10)),
        ("2026-01-31T10:00", datetime(2026, 1, 31, 10)),
        ("2026-01-31T10:00:00.5", datetime(2026, 1, 31, 10, 0, 0, 500000)),
    ],
)
def test_a_time_without_a_zone_is_utc_and_counted(company, text, moment):
    company.put("one.jsonl", order(placed_at=text) + order())
    company.land()
    assert company.rows("select placed_at from raw.shop_orders where _line = 1") == [(moment,)]
    assert company.rows("select column_name, warning, row_count from raw.load_warnings") == [
        ("placed_at", "no time zone, read as UTC", 1)
    ]


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [
        ("seats", 3, 3),
        ("seats", "3.0", 3),
        ("seats", 3.0, 3),
        ("seats", "1e2", 100),
        ("amount", "1.5", 1.5),
        ("amount", "1,5", 1.5),
        ("amount", "1,000.50", 1000.5),
        ("amount", "1.000,50", 1000.5),
        ("amount", "NaN", None),
        ("seats", "1 000", 1000),
        ("is_open", True, True),
        ("is_open", "no", False),
        ("is_open", 1, True),
        ("is_open", "TRUE", True),
        ("is_open", "FALSE", False),
        ("is_open", 1.0, True),
        ("is_open", "0.0", False),
        ("is_open", " Yes ", True),
        ("is_open", "WAHR", True),
        ("is_open", "t", True),
        ("is_open", "off", False),
        ("day", "2026-01-31", date(2026, 1, 31)),
        ("day", "2026-01-31T23:00:00-05:00", date(2026, 2, 1)),
        ("properties", {"a": [1, None]}, '{"a":[1,null]}'),
        ("properties", None, None),
        ("note", "", None),
        ("note", {"a": 1}, '{"a":1}'),
        ("note", 'é "quoted"\n', 'é "quoted"\n'),
    ],
)
def test_a_value_is_read_in_the_type_of_its_column(company, column, written, value):
    company.put("one.jsonl", order(**{column: written}))
    company.land()
    assert company.value(column) == value
    assert company.value("_extra") is None


@pytest.mark.parametrize(
    ("column", "text", "kind"),
    [
        ("seats", "3.7", "integer"),
        ("seats", "many", "integer"),
        ("seats", "99999999999", "integer"),
        ("seats", "1,000", "integer"),
        ("seats", "1.000", "integer"),
        ("amount", "1,000", "double"),
        ("amount", "infinity", "double"),
        ("amount", "5%", "double"),
        ("is_open", "maybe", "boolean"),
        ("is_open", "2", "boolean"),
        ("day", "2026-01-31junk", "date"),
        ("day", "2026-02-30", "date"),
        ("seen_at", "yesterday", "timestamp"),
    ],
)
def test_an_optional_value_that_cannot_be_read_is_kept_as_text_and_counted(
    company, column, text, kind
):
    company.put("one.jsonl", order(**{column: text}))
    company.land()
    assert company.value(column) is None
    assert json.loads(company.value("_extra")) == {column: text}
    assert company.rows("select column_name, warning, row_count from raw.load_warnings") == [
        (column, f"{NOT_OF_TYPE[kind]}: kept as text in _extra", 1)
    ]


def test_a_name_as_long_as_a_text_gets_into_a_warning_by_its_beginning_and_its_length(company):
    long = {"x" * 140_000: 1}
    company.put("one.jsonl", order(**long) + order(**long))
    company.land()
    assert company.rows("select column_name, warning, row_count from raw.load_warnings") == [
        ("x" * 80 + "… (140000 characters)", "unknown column", 2)
    ]


def test_an_unknown_column_is_kept_and_counted(company):
    company.put("one.jsonl", order(size={"cm": 4}) + order() + order(size=5, colour="red"))
    company.land()
    assert company.rows("select _extra from raw.shop_orders order by _line") == [
        ('{"size":{"cm":4}}',),
        (None,),
        ('{"size":5,"colour":"red"}',),
    ]
    assert company.rows(
        "select column_name, warning, row_count from raw.load_warnings order by 1"
    ) == [("colour", "unknown column", 1), ("size", "unknown column", 2)]


def test_unknown_columns_are_found_in_a_file_of_which_most_lines_have_none(company):
    company.put("one.jsonl", order() * 5000 + order(size=5) + order() * 5000)
    company.land()
    assert company.rows("select _line, _extra from raw.shop_orders where _extra is not null") == [
        (5001, '{"size":5}')
    ]
