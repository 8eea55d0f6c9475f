"""Numbers are those of the dialect that a file shows, or are counted as not read."""

import json

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.landing.contract import Column, SourceTable
from orchestration.landing.load import land
from orchestration.landing.thousands import MAY_PART
from tests.orchestration.landing.conftest import LOADED_AT, ORDERS
from tests.orchestration.landing.test_landing_nasty import DAY

pytestmark = pytest.mark.exhaustive

PAYMENTS = SourceTable(
    system="shop",
    name="orders",
    identifier="shop_orders",
    columns=(Column("id", "varchar", required=True), Column("amount", "double", required=True)),
    identity=("id",),
)


def amounts(company, lines):
    company.put("one.csv", "id;placed_at;amount\n" + "".join(lines))
    company.land()
    return company.rows("select id, amount, _extra ->> 'amount' from raw.shop_orders order by id")


def test_a_point_may_part_thousands_where_the_file_writes_decimals_with_a_comma(company):
    said = {"a": "1.234,50", "b": "1.234", "c": "12.500", "d": "1.234.567", "e": "12.5", "f": "7"}
    found = amounts(company, [f"{name};{DAY};{text}\n" for name, text in said.items()])
    assert found == [
        ("a", 1234.5, None),
        ("b", None, "1.234"),
        ("c", None, "12.500"),
        ("d", 1234567.0, None),
        ("e", 12.5, None),
        ("f", 7.0, None),
    ]
    warned = "select column_name, warning, row_count from raw.load_warnings"
    assert company.rows(f"{warned} where column_name = 'amount'") == [("amount", MAY_PART, 2)]


def test_one_column_shows_how_a_file_writes_all_of_them(company):
    weights = SourceTable(
        system="shop",
        name="orders",
        identifier="shop_orders",
        columns=(
            Column("id", "varchar", required=True),
            Column("amount", "double"),
            Column("share_pct", "double"),
        ),
        identity=("id",),
    )
    company.put("one.csv", "id;amount;share_pct\na;1.234;12,5 %\nb;0.125;1.5\n")
    company.land([weights])
    assert company.rows("select amount, share_pct from raw.shop_orders order by id") == [
        (None, 12.5),
        (0.125, 1.5),
    ]


def test_another_file_and_a_number_of_json_are_not_in_doubt(company):
    company.put("comma.csv", f"id;placed_at;amount\na;{DAY};12,5\n")
    company.put("point.csv", f"id;placed_at;amount\nb;{DAY};1.234\n")
    lines = [{"id": "c", "amount": 1.234}, {"id": "d", "amount": "12,5"}]
    company.put(
        "one.jsonl", "".join(json.dumps({"placed_at": DAY} | line) + "\n" for line in lines)
    )
    company.land()
    assert company.rows("select id, amount from raw.shop_orders order by id") == [
        ("a", 12.5),
        ("b", 1.234),
        ("c", 1.234),
        ("d", 12.5),
    ]


def test_a_line_that_must_have_the_number_is_refused_with_its_text(company):
    company.put("one.csv", "id;amount\na;12,5\nb;1.234\n")
    company.land([PAYMENTS])
    assert company.ids() == ["a"]
    [(line, reason, text)] = company.rows("select line_number, reason, line from raw.quarantine")
    assert (line, text) == (3, "b;1.234")
    assert reason == f'amount {MAY_PART.split(":")[0]}: "1.234"'


def test_a_file_of_many_parts_is_judged_as_one(company, monkeypatch):
    monkeypatch.setattr("orchestration.landing.batches.PART_ROWS", 2)
    said = ["1.234", "5", "6", "7", "8", "12,5"]
    found = amounts(company, [f"{place};{DAY};{text}\n" for place, text in enumerate(said)])
    assert found[0] == ("0", None, "1.234")
    assert [amount for _, amount, _ in found[1:]] == [5, 6, 7, 8, 12.5]


DIALECTS = {
    "german": (".", ","),
    "english": (",", "."),
    "french": ("\u202f", ","),
    "plain": ("", "."),
}


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=30, deadline=None)
@given(cents=st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=8), places=st.data())
def test_an_amount_of_a_file_in_one_dialect_is_read_right_or_not_at_all(
    dialect, cents, places, tmp_path_factory
):
    """One amount at least shows two decimals, as an export of money does."""
    thousands, decimal = DIALECTS[dialect]
    written = []
    for place, cent in enumerate(cents):
        whole = f"{abs(cent) // 100:,}".replace(",", thousands)
        shown = place == 0 or cent % 100 or places.draw(st.booleans())
        text = f"{whole}{decimal}{abs(cent) % 100:02}" if shown else whole
        written.append(("-" if cent < 0 else "") + text)
    landing = tmp_path_factory.mktemp("landing")
    (landing / "shop/orders").mkdir(parents=True)
    lines = "".join(f"{place}|{DAY}|{text}\n" for place, text in enumerate(written))
    (landing / "shop/orders/one.csv").write_text("id|placed_at|amount\n" + lines, encoding="utf-8")
    with duckdb.connect() as connection:
        land(connection, [ORDERS], landing, LOADED_AT, lambda _: None)
        found = connection.execute(
            "select id::integer, amount, _extra ->> 'amount' from raw.shop_orders"
        ).fetchall()
        refused = connection.execute(
            "select count(*) from raw.quarantine where reason <> 'amount is negative'"
        ).fetchone()
    assert refused == (0,)
    for place, amount, kept in found:
        if amount is None:
            assert kept is not None
        else:
            assert amount == pytest.approx(cents[place] / 100, abs=1e-6)
