"""What well-known programs export: read where it means one thing, refused by name elsewhere."""

import json

import pyarrow
import pytest
from pyarrow import parquet

from orchestration.landing.casts import as_typed
from orchestration.landing.column_names import own_names
from orchestration.landing.contract import Column, SourceTable
from orchestration.landing.times import lacks_zone, less_common, timestamp
from orchestration.landing.understanding import CLEANED, OUT_OF_RANGE, PLACEHOLDER

CONTRACTS = SourceTable(
    system="shop",
    name="contracts",
    identifier="shop_contracts",
    columns=(
        Column("contract_id", "varchar", required=True),
        Column("account_id", "varchar"),
        Column("began_at", "timestamp"),
        Column("ended_at", "timestamp", must_be_read=True),
        Column("term_months", "integer", least=1, most=1200),
        Column("price_minor", "bigint", required=True, least=0),
        Column("discount_pct", "double"),
        Column("industry", "varchar"),
        Column("impact", "varchar", words=("major",)),
        Column("renews", "boolean"),
    ),
    identity=("contract_id",),
)
ONE_MOMENT = "2026-10-01 08:00:00"


@pytest.fixture
def contracts(company):
    """Land a file into the table of contracts; return how to ask the warehouse."""

    def landed(name, content):
        company.put(name, content, "shop/contracts")
        company.land([CONTRACTS])
        return company.rows

    return landed


def typed(connection, column, texts):
    """Return what the loader makes of texts in a column."""
    value = as_typed(column, "text", "VARCHAR")
    if column.data_type in ("timestamp", "date"):
        value = f"coalesce({value}, {less_common('[text]')}[1]::{column.data_type})"
    rows = connection.execute(
        f"select {value} from (select unnest($texts) as text)", {"texts": texts}
    )
    return [value for (value,) in rows.fetchall()]


@pytest.mark.parametrize(
    "text",
    [
        "1790841600", "1790841600.0", "1790841600000", "1790841600000.5", "1790841600000000",
        "1790841600000000000", "1.790841600e9", "2026/10/01 08:00:00", "2026/10/1 08:00",
        "2026-10-01 08:00:00 +0000 UTC", "2026-10-01 00:00:00 -0800", "2026-10-01T08:00:00,000Z",
        "2026-10-01T17:00:00+09:00[Asia/Tokyo]", "2026-10-01T13:45:00[Asia/Kathmandu]",
        "2026-10-01 01:00:00 America/Los_Angeles", "Thu, 01 Oct 2026 08:00:00 GMT",
        "Thu Oct 01 2026 10:00:00 GMT+0200 (CEST)", "01-Oct-2026 08:00", "Oct 1, 2026 8:00 AM",
        "October 1, 2026, 08:00", "01.10.2026 08:00", "20261001080000", "2026-10-01 03:00:00 CDT",
        "2026-10-01 04:00:00 EDT", "2026-10-01 08:00:00 UTC", "2026-10-01T08:00:00 Z",
        # Google Forms and web servers.
        "2026/10/01 10:00:00 AM GMT+2", "2026/10/01 1:30:00 PM GMT+5:30",
        "2026/10/01 2:00:00 AM MDT", "2026/10/01 10:00 PM GMT+14", "2026/10/01 8:00:00 AM GMT",
        "01/Oct/2026:10:00:00 +0200", "01/Oct/2026 08:00:00",
    ],
)  # fmt: skip
def test_a_time_is_read_however_it_is_written_where_it_is_one_moment_only(connection, text):
    read, date_only = connection.execute(
        f"select {timestamp('$text')}, {timestamp('$day')}", {"text": text, "day": "1 Oct 2026"}
    ).fetchone()
    assert str(read).removesuffix(".000500") == ONE_MOMENT
    assert str(date_only) == "2026-10-01 00:00:00"


@pytest.mark.parametrize(
    "text",
    [
        # The order of day and month, the country of the letters, the digits that are gone, the day
        # from which a spreadsheet counts: each could be another.
        "10/01/2026 08:00", "03/04/2026", "2026-10-01 08:00:00 BST", "2026-10-01 08:00:00 IST",
        "2026-10-01 08:00:00 CST", "1.7908E+09", "1.7908416E+12", "46296", "46296.33", "1 Foo 2026",
        "2026/10/01 10:00:00 AM GMT+15", "2026/10/01 13:00:00 PM GMT+1", "2026/10/01 9:00 AM BST",
        "31/Feb/2026:10:00:00 +0200", "31.02.2026", "30 Feb 2026", "20260230080000", "Q3 2026",
        "2026-10", "01.10.26", "4-Mar-26",
    ],
)  # fmt: skip
def test_a_time_that_could_be_several_is_none(connection, text):
    assert connection.execute(f"select {timestamp('$text')}", {"text": text}).fetchone() == (None,)


def test_the_letters_of_a_zone_mean_their_own_hour_in_summer_and_winter(connection):
    for month in ("01", "07"):
        [(pacific, london)] = connection.execute(
            f"select {timestamp('$pst')}, {timestamp('$bst')}",
            {"pst": f"2026-{month}-01 08:00:00 PST", "bst": f"2026-{month}-01 08:00:00 BST"},
        ).fetchall()
        assert (str(pacific), london) == (f"2026-{month}-01 16:00:00", None)


def test_a_time_in_another_form_without_a_zone_is_counted_as_such(connection):
    said = {"31.10.2026 08:00": True, "2026/10/01": True, "1 Oct 2026 08:00": True}
    said |= {"01/Oct/2026 08:00": True, "2026/10/01 8:00:00 AM GMT+2": False}
    said |= {"Thu, 01 Oct 2026 08:00:00 GMT": False, "1790841600000000": False}
    for text, lacks in said.items():
        assert connection.execute(f"select {lacks_zone('$text')}", {"text": text}).fetchone() == (
            lacks,
        ), text


def test_numbers_with_commas_and_groups_are_read_where_they_mean_one_thing(connection):
    said = {
        "12,5": 12.5, "1.234,56": 1234.56, "1,234.56": 1234.56, "1 234,5": 1234.5, "50 %": 50.0,
        "12.5%": 12.5, "1,234": None, "€5": None, "5 EUR": None, "(5)": None, "five": None,
    }  # fmt: skip
    assert typed(connection, Column("discount_pct", "double"), [*said]) == [*said.values()]
    assert typed(connection, Column("weight", "double"), ["50%"]) == [None]
    said = {
        "1,234,567": 1234567, "1.234.567": 1234567, "1 234": 1234, "1\u202f234": 1234,
        "1'234": 1234, "-1,234,567": -1234567, "1,234": None, "1.234": None, "12,34,567": None,
        "12.50": None, "12.0": 12,
    }  # fmt: skip
    assert typed(connection, Column("seats", "bigint"), [*said]) == [*said.values()]


def test_yes_and_no_are_read_in_the_languages_of_spreadsheets(connection):
    texts = ["WAHR", "FALSCH", "VRAI", "faux", "Ja", "nein", "Sí", "não", "2", "perhaps"]
    expected = [True, False, True, False, True, False, True, False, None, None]
    assert typed(connection, Column("renews", "boolean"), texts) == expected


def test_what_programs_write_for_nothing_is_not_told_and_a_country_or_a_word_stays(contracts):
    nothing = ["NULL", r"\N", "NaN", "<NA>", "NaT", "None", "(null)", "#N/A"]
    rows = [
        {"contract_id": f"c{n}", "price_minor": 1, "ended_at": text, "industry": text}
        | {"discount_pct": text, "renews": text}
        for n, text in enumerate(nothing)
    ]
    rows += [{"contract_id": "na", "price_minor": 1, "industry": "NA", "impact": "none"}]
    rows += [{"contract_id": "zero", "price_minor": 1, "ended_at": "0000-00-00 00:00:00"}]
    ask = contracts("nothing.jsonl", "\n".join(map(json.dumps, rows)))
    assert ask("select count(*), count(ended_at), count(discount_pct), count(renews), "
               "max(industry), max(impact) from raw.shop_contracts") == [
        (len(rows), 0, 0, 0, "NA", "none")
    ]  # fmt: skip
    assert ask("select * from raw.load_warnings") == []


def test_numbers_that_a_spreadsheet_shortened_name_nothing_and_its_formulas_what_they_hold(
    contracts,
):
    ask = contracts(
        "ids.csv",
        "contract_id,account_id,price_minor\n"
        'a,1.23E+05,1\nb,1.2345678901234568e+18,1\nc,"=""00123""",1\nd,123000.0,1\n'
        "e,1E5,1\n1.23E+05,x,1\n",
    )
    assert ask("select contract_id, account_id from raw.shop_contracts order by 1") == [
        ("a", None),
        ("b", None),
        ("c", "00123"),
        ("d", "123000"),
        ("e", "1E5"),
    ]
    assert ask("select warning, row_count from raw.load_warnings order by 1") == [
        (PLACEHOLDER, 2),
        (CLEANED, 2),
    ]
    [(line, reason)] = ask("select line_number, reason from raw.quarantine")
    assert (line, "shortened" in reason) == (7, True)


def test_a_number_out_of_its_range_is_not_told_and_counted_and_a_required_one_is_refused(contracts):
    months = [0, -12, 1, 1200, 1201]
    rows = [{"contract_id": str(m), "price_minor": 1, "term_months": m} for m in months]
    rows += [{"contract_id": "below", "price_minor": -1}]
    ask = contracts("terms.jsonl", "\n".join(map(json.dumps, rows)))
    assert ask(
        "select term_months from raw.shop_contracts where term_months is not null order by 1"
    ) == [(1,), (1200,)]
    assert ask("select column_name, warning, row_count from raw.load_warnings") == [
        ("term_months", OUT_OF_RANGE, 3)
    ]
    assert ask("select line_number, reason from raw.quarantine") == [
        (6, 'required column price_minor is outside the range that its contract allows: "-1"')
    ]


def test_an_end_that_cannot_be_read_refuses_its_line_as_without_it_the_thing_would_go_on(contracts):
    rows = [
        {"contract_id": "a", "price_minor": 1, "ended_at": "06/07/2026"},
        {"contract_id": "b", "price_minor": 1, "ended_at": "9999-12-31"},
        {"contract_id": "c", "price_minor": 1, "began_at": "06/07/2026"},
    ]
    ask = contracts("ends.jsonl", "\n".join(map(json.dumps, rows)))
    assert ask("select contract_id, ended_at from raw.shop_contracts order by 1") == [
        ("b", None),
        ("c", None),
    ]
    assert ask("select line_number, reason from raw.quarantine") == [
        (1, 'ended_at is told and is no time: "06/07/2026"')
    ]


@pytest.mark.parametrize(
    "header",
    ["CONTRACT_ID,PRICE_MINOR,INDUSTRY", "Contract ID,Price Minor,Industry",
     "contractId|priceMinor|industry", "\ufeffcontract_id\tPrice-Minor\tindustry"],
)  # fmt: skip
def test_columns_are_found_in_other_capitals_and_with_other_signs(contracts, header):
    delimiter = next(sign for sign in "|\t," if sign in header)
    row = delimiter.join(["c1", "5", "Retail"])
    text = header.removeprefix("\ufeff")
    ask = contracts("other.csv", f"{header}\n{row}\n{text}\n")
    assert ask("select contract_id, price_minor, industry, _extra from raw.shop_contracts") == [
        ("c1", 5, "Retail", None)
    ]
    assert ask("select reason from raw.quarantine") == [("the header again, among the rows",)]


def test_columns_of_a_parquet_file_are_found_in_capitals(contracts, tmp_path):
    path = tmp_path / "snow.parquet"
    ends = pyarrow.array([1790841600.0], pyarrow.float64())
    parquet.write_table(
        pyarrow.table({"CONTRACT_ID": ["c1"], "PRICE_MINOR": [5], "BEGAN_AT": ends, "More": [1]}),
        path,
    )
    ask = contracts("day=2026-10-01/snow.parquet", path.read_bytes())
    columns = "contract_id, price_minor, began_at::varchar, _extra"
    assert ask(f"select {columns} from raw.shop_contracts") == [("c1", 5, ONE_MOMENT, '{"More":1}')]


@pytest.mark.parametrize("lines_before", [0, 1200])
def test_keys_of_json_are_found_in_capitals_line_by_line(contracts, lines_before):
    lines = [
        *(f'{{"contract_id": "b{n}", "price_minor": 1}}' for n in range(lines_before)),
        '{"CONTRACT_ID": "c1", "Price Minor": 5, "beganAt": 1790841600, "More": {"a": [1]}}',
        # A key of the contract goes before another spelling.
        '{"contract_id": "c2", "Contract_ID": "x", "Price-Minor": 6, "price_minor": 7}',
        '{"contractId": "c3", "contractId": "c4", "PriceMinor": 8, "industry": "a \\"b\\" \u00e9"}',
        '{"Industry": "no identifier"}',
    ]
    ask = contracts("lines.jsonl", "\n".join(lines) + "\n")
    columns = "contract_id, price_minor, began_at::varchar, industry, _extra::json"
    told = ask(f"select {columns} from raw.shop_contracts where contract_id like 'c%' order by 1")
    assert [(*row[:4], row[4] and json.loads(row[4])) for row in told] == [
        ("c1", 5, ONE_MOMENT, None, {"More": {"a": [1]}}),
        ("c2", 7, None, None, {"Contract_ID": "x", "Price-Minor": 6}),
        ("c4", 8, None, 'a "b" \u00e9', None),
    ]
    assert ask("select line_number, reason, line from raw.quarantine") == [
        (lines_before + 4, "required column contract_id is missing", lines[-1])
    ]


def test_a_name_that_two_columns_could_be_is_neither():
    assert own_names(CONTRACTS, ["contract_id", "Industry", "INDUSTRY", "impact", "IMPACT"]) == {
        "contract_id": "contract_id",
        "impact": "impact",
    }
