"""Keys that are no columns, where lines are so many that the usual ones are asked for by name."""

import json

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.landing import batches, readings
from tests.orchestration.landing.conftest import ORDERS

DAY = "2026-01-31"
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**25), 10**25), st.text(max_size=5),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=2),
    st.dictionaries(st.text(max_size=3), st.one_of(st.none(), st.text(max_size=3)), max_size=2),
)  # fmt: skip
# Capitals, quotes, nothing, and what is no name of a column.
KEYS = st.one_of(
    st.sampled_from(["new", "New", "NEW", "a'b", 'a"b', "", " ", "né", "null", "_record", "a.b"]),
    st.text(max_size=4),
)
SHAPES = st.lists(st.dictionaries(KEYS, VALUES, max_size=4), min_size=1, max_size=4)


def extra_of(company, rows):
    texts = [json.dumps({"id": f"{n}", "placed_at": DAY, **row}) for n, row in enumerate(rows)]
    company.put("one.jsonl", "\n".join([*texts, ""]))
    company.land([ORDERS])
    found = company.rows("select id, _extra from raw.shop_orders")
    return {int(number): json.loads(extra) if extra else {} for number, extra in found}


def test_usual_keys_that_are_no_columns_are_kept_as_they_stand_there(company):
    usual = {"new": {"deep": [1, "null"]}, "a'b": 'say "no"', "né": 1.50, "New": True}
    rows = [usual, {"new": None}, {}, {"rare": 1}] * batches.FEW_LINES
    found = extra_of(company, rows)
    assert found == dict(enumerate(rows))


@pytest.mark.slow
@given(rows=SHAPES, most=st.sampled_from([0, len(ORDERS.columns) + 1, readings.MOST_FIELDS]))
@settings(deadline=None)
def test_asked_by_name_or_not_a_line_keeps_the_same(rows, most):
    texts = [json.dumps({"id": f"{n}", "placed_at": DAY, **row}) for n, row in enumerate(rows)]
    with duckdb.connect() as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(readings, "MOST_FIELDS", most)
        connection.execute(
            "create table landing_lines as select 0 as _file_number, unnest(range(len($texts))) "
            "as _line, unnest($texts) as _text, null::varchar as _problem",
            {"texts": texts},
        )
        lists = connection.execute(
            "select hash(keys), keys from (select json_keys(_text) as keys from landing_lines)"
        ).fetchall()
        said = [
            connection.execute(
                f"select _unknown from ({readings.jsonl_reading(ORDERS, usual).relation}) "
                "order by _line"
            ).fetchall()
            for usual in (dict(lists), {})
        ]
    by_name, asked = ([json.loads(text or "{}") for (text,) in rows] for rows in said)
    assert by_name == asked
