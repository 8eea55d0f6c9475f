"""Zero times, identifiers as spreadsheets and programs write them, and what names nobody."""

import json
import re

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orchestration.landing.contract import Column, SourceTable
from orchestration.landing.understanding import (
    CLEANED,
    NOBODY,
    OUTSIDE,
    PLACEHOLDER,
    understood_steps,
)

VISITS = SourceTable(
    system="shop",
    name="visits",
    identifier="shop_visits",
    columns=(
        Column("visit_id", "varchar"),
        Column("account_id", "varchar", required=True),
        Column("user_id", "varchar", personal=True, identifies="person"),
        Column("seen_at", "timestamp"),
        Column("due_on", "date", earliest="2020-01-01", latest="2030-01-01"),
        Column("began_at", "timestamp", required=True),
    ),
    identity=("visit_id",),
)
GOOD = {"account_id": "a", "began_at": "2026-01-01T00:00:00Z"}
ZERO_TIMES = [
    "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "1899-12-30", "1900-01-01 00:00:00",
    "9999-12-31T23:59:59Z", "2100-01-01", "1753-01-01", "1989-12-31T23:59:59Z",
]  # fmt: skip
PLACEHOLDERS = [
    "null", "NULL", "None", "undefined", "NaN", "N/A", "#N/A", "nil", "-", r"\N", "(not set)", " ",
    "(none)", "<None>", "[]", "{}", "NaT", "<NA>",
    "00000000-0000-0000-0000-000000000000", "{00000000-0000-0000-0000-000000000000}",
]  # fmt: skip
NOBODIES = ["0", "-1", "anonymous", "0.0", "Anonymous ", "unknown", "[object Object]"]
NOBODIES += ["guest", "false", "distinct_id", "email"]
NAMES = ["nat", "NAT", "Nat"]
SPELLINGS = ["X ", "\tX", "\u200bX", "X\u00a0", "X\ufeff", "\u2060X\r"]


@pytest.fixture
def visits(company):
    """Land rows into the table of visits; return its rows, its warnings and what was refused."""

    def landed(rows):
        text = "".join(json.dumps(GOOD | row) + "\n" for row in rows)
        company.put("visits.jsonl", text, "shop/visits")
        company.land([VISITS])
        ask = company.rows
        read = ask(
            "select visit_id, account_id, user_id, seen_at::varchar, due_on::varchar "
            "from raw.shop_visits order by _line"
        )
        warned = ask("select column_name, warning, row_count from raw.load_warnings")
        refused = ask("select line_number, reason from raw.quarantine order by 1")
        return read, set(warned), refused

    return landed


def test_a_zero_time_is_not_told_and_counted_and_a_required_one_is_refused_by_name(visits):
    rows = [{"seen_at": zero} for zero in ZERO_TIMES]
    rows += [
        {"seen_at": "1990-01-01T00:00:00Z"},
        {"due_on": "2019-12-31"},
        {"due_on": "2020-01-01"},
    ]
    rows += [{"began_at": ZERO_TIMES[0]}]
    read, warned, refused = visits(rows)
    told = [(seen, due) for *_, seen, due in read]
    assert told[:-3] == [(None, None)] * len(ZERO_TIMES)
    assert told[-3:] == [("1990-01-01 00:00:00", None), (None, None), (None, "2020-01-01")]
    assert {("seen_at", OUTSIDE, len(ZERO_TIMES)), ("due_on", OUTSIDE, 1)} <= warned
    assert refused == [
        (
            len(rows),
            "required column began_at is outside the years that its contract allows: "
            '"0001-01-01T00:00:00Z"',
        )
    ]


def test_a_placeholder_names_nothing_and_nobody_and_zero_names_no_person(visits):
    rows = [{"visit_id": text, "user_id": text} for text in PLACEHOLDERS]
    rows += [{"visit_id": text, "user_id": text} for text in NOBODIES]
    rows += [{"account_id": "undefined"}, {"account_id": "0"}]
    read, warned, refused = visits(rows)
    assert all(user is None for _, _, user, *_ in read)
    assert [visit for visit, *_ in read[: len(PLACEHOLDERS)]] == [None] * len(PLACEHOLDERS)
    kept = ["0", "-1", "anonymous", "0", "Anonymous", "unknown", *NOBODIES[6:]]
    assert [visit for visit, *_ in read[len(PLACEHOLDERS) :]] == kept
    assert ("user_id", PLACEHOLDER, len(PLACEHOLDERS) + len(NOBODIES)) in warned
    assert [reason for _, reason in refused] == [
        "required column account_id is a placeholder, an object, a list or a shortened number and "
        f'names nothing: "{text}"'
        for text in ("undefined", "0")
    ]


def test_who_is_called_as_a_missing_time_is_written_in_other_capitals_is_somebody(visits):
    read, warned, _ = visits([{"user_id": name, "visit_id": name} for name in NAMES])
    assert [row[0] for row in read] == [row[2] for row in read] == NAMES
    assert not warned


def test_an_identifier_loses_what_exports_add_to_it(visits):
    rows = [{"account_id": spelling} for spelling in SPELLINGS]
    rows += [
        {"account_id": "123.0"},
        {"account_id": "120.00"},
        {"account_id": "v1.0"},
        {"account_id": "a b"},
    ]
    read, warned, _ = visits(rows)
    accounts = [account for _, account, *_ in read]
    assert accounts == ["X"] * len(SPELLINGS) + ["123", "120", "v1.0", "a b"]
    assert warned == {("account_id", CLEANED, len(SPELLINGS) + 2)}


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=50))
@example("Null Island")
@example("x.0")
def test_what_is_no_placeholder_and_has_no_additions_stays_as_it_is(text):
    if re.fullmatch(rf"(\d+\.0+)|{NOBODY}", text.lower()):
        return
    steps = understood_steps(
        SourceTable("s", "t", "t", (Column("account_id", "varchar"),), identity=("account_id",))
    )
    read = duckdb.execute(
        f"with typed as (select $text as account_id), {steps} select account_id from understood",
        {"text": text},
    ).fetchone()
    assert read == (text,)
