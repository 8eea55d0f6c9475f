"""What becomes of a record of a CSV file."""

import json

import pytest

HEADER = "id,placed_at,note\n"


def test_columns_are_found_by_the_names_in_the_header(company):
    company.put("one.csv", "note,seats,placed_at,id\nhello,3,2026-01-31T10:00:00Z,a\n")
    company.land()
    assert company.rows("select id, seats, note, _line from raw.shop_orders") == [
        ("a", 3, "hello", 2)
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_fields_are_separated_by_comma_semicolon_or_tab(company, delimiter):
    rows = [["id", "placed_at", "note"], ["a", "2026-01-31T10:00:00Z", '"x"']]
    company.put("one.csv", "\r\n".join(delimiter.join(row) for row in rows))
    company.land()
    assert (company.value("id"), company.value("note")) == ("a", "x")


def test_a_quoted_field_may_hold_quotes_delimiters_and_lines(company):
    company.put("one.csv", f'{HEADER}a,2026-01-31,"x, ""y""\nz\n\n"\nb,2026-01-31,w\n')
    company.land()
    assert company.rows("select id, note, _line from raw.shop_orders order by _line") == [
        ("a", 'x, "y"\nz\n\n', 2),
        ("b", "w", 6),
    ]


def test_an_empty_field_is_no_value(company):
    company.put("one.csv", f'{HEADER}a,2026-01-31,\nb,2026-01-31,""\n')
    company.land()
    assert company.rows("select distinct note from raw.shop_orders") == [(None,)]


def test_a_malformed_record_costs_only_itself(company):
    records = [
        b"a,2026-01-31,fine",
        b"b,2026-01-31",
        b"c,2026-01-31,x,y",
        b'd,2026-01-31,"never closed',
        b'e,2026-01-31,in"side"',
        b"",
        b'f,2026-01-31,"two\nlines"',
        b"g,2026-01-31,\xff",
        b'h,2026-01-31,"x"y',
        b"i,n/a,",
        b"j,2026-01-31,last",
    ]
    company.put("one.csv", HEADER.encode() + b"\n".join(records))
    done = company.land()["orders"]
    assert company.ids() == ["a", "f", "j"]
    assert company.refused_lines() == [
        (3, "wrong number of fields: 2 instead of 3"),
        (4, "wrong number of fields: 4 instead of 3"),
        (5, "bad quoting: a quote opens, closes or stands where none may"),
        (6, "bad quoting: a quote opens, closes or stands where none may"),
        (10, "invalid UTF-8"),
        (11, "bad quoting: a quote opens, closes or stands where none may"),
        (12, 'required column placed_at is not a timestamp: "n/a"'),
    ]
    assert company.rows("select line from raw.quarantine where line_number = 4") == [
        ("c,2026-01-31,x,y",)
    ]
    assert done.lines_read == 10


def test_a_quote_that_is_never_closed_does_not_swallow_the_next_quoted_record(company):
    company.put("one.csv", f'{HEADER}a,2026-01-31,"open\nb,2026-01-31,"two\nlines"\nc,n,"x"\n')
    company.land()
    assert company.ids() == ["b"]
    assert [line for line, _ in company.refused_lines()] == [2, 5]


def test_records_that_span_the_blocks_in_which_a_file_is_read_are_whole(company):
    note = ("x" * 99 + "\n") * 900
    records = "".join(f'{number:04},2026-01-31,"{note}"\n' for number in range(120))
    company.put("one.csv", HEADER + records)
    company.land()
    assert company.rows(
        "select count(*), min(length(note)), max(length(note)) from raw.shop_orders"
    ) == [(120, 90000, 90000)]
    assert company.rows("select max(_line) from raw.shop_orders") == [(2 + 119 * 901,)]


def test_a_record_may_span_lines_at_the_very_end_of_a_file(company):
    company.put("one.csv", f'{HEADER}a,2026-01-31,"x\ny"')
    company.land()
    assert (company.value("note"), company.value("_line")) == ("x\ny", 2)


def test_unknown_columns_of_a_header_are_kept_where_they_hold_something(company):
    company.put("one.csv", "id,placed_at,size,colour\na,2026-01-31,4,\nb,2026-01-31,,\n")
    company.land()
    assert company.rows("select _extra from raw.shop_orders order by id") == [
        ('{"size":"4"}',),
        (None,),
    ]


def test_an_optional_value_that_cannot_be_read_is_kept_as_text(company):
    company.put("one.csv", "id,placed_at,seats,properties\na,2026-01-31Z,many,{bad\n")
    company.put("two.csv", 'id,placed_at,properties\nb,2026-01-31,"{""x"":1}"\n')
    company.land()
    assert company.refused_lines() == [
        (2, 'required column placed_at is not a timestamp: "2026-01-31Z"')
    ]
    assert company.value("properties") == '{"x":1}'


def test_text_that_is_no_json_is_kept_as_text(company):
    company.put("one.csv", "id,placed_at,properties\na,2026-01-31,{bad\n")
    company.land()
    assert company.value("properties") is None
    assert json.loads(company.value("_extra")) == {"properties": "{bad"}


def test_a_header_without_records_loads_nothing_and_is_no_error(company):
    company.put("one.csv", HEADER)
    done = company.land()["orders"]
    assert (done.lines_read, done.refused, done.files) == (0, {}, ["shop/orders/one.csv"])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            "1,2,3\n4,5,6\n",
            "no header: line 1 names none of the columns of shop/orders (it has 3 cell(s)); "
            "expected a line such as id,placed_at,amount,seats,...",
        ),
        ("id,note\na,b\n", "the header lacks the required columns placed_at"),
        ("note\nb\n", "the header lacks the required columns id, placed_at"),
        ("id,placed_at,id\na,b,c\n", "the header names columns twice: id"),
    ],
)
def test_a_file_without_its_header_is_refused(company, content, reason):
    company.put("one.csv", content)
    assert company.land()["orders"].refused == {"shop/orders/one.csv": reason}
    assert company.rows("select line_number, reason, line from raw.quarantine") == [
        (None, reason, None)
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "|"])
def test_a_row_of_a_spreadsheet_in_which_nothing_stands_is_a_blank_line(company, delimiter):
    lines = ["", ",,", "id,placed_at,note", "a,2026-01-31,x", ",,", ' ,"" , ', ',""',
             "b,2026-01-31,", ",,,", ",,"]  # fmt: skip
    company.put("one.csv", "\r\n".join(lines).replace(",", delimiter))
    done = company.land()["orders"]
    assert company.rows("select id, _line from raw.shop_orders order by id") == [("a", 4), ("b", 8)]
    assert (done.lines_read, company.refused_lines()) == (2, [])


def test_a_record_of_which_anything_is_told_is_none_that_is_blank(company):
    company.put("one.csv", f'{HEADER},,x\n,,"""\n"""\n,2026-01-31,\n')
    assert company.land()["orders"].lines_read == 3
    assert len(company.refused_lines()) == 3


def test_a_name_that_stands_twice_and_is_none_of_ours_refuses_no_file(company):
    # Jira writes a column called Comment for each comment of the issue that has the most.
    company.put("one.csv", "id,Comment,placed_at,Comment,Comment,Comment (2)\n"
                "a,x,2026-01-31,y,z,w\n")  # fmt: skip
    done = company.land()["orders"]
    assert (done.refused, company.value("id")) == ({}, "a")
    kept = json.loads(company.value("_extra"))
    assert sorted(kept.values()) == ["w", "x", "y", "z"]


def test_a_column_of_ours_under_one_other_spelling_twice_refuses_the_file(company):
    company.put("one.csv", "id,placed_at,NOTE,NOTE\na,2026-01-31,x,y\n")
    (reason,) = company.land()["orders"].refused.values()
    assert reason == "the header names columns twice: note"
