"""The keys that a run asks by itself, in place of a test of dbt for each."""

from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from orchestration.dbt_runner.keys import keys_of
from orchestration.settings.environment import ROOT


def table(name, schema="marts", kind="model", tags=(), **config):
    return {
        "unique_id": f"{kind}.p.{name}",
        "name": name,
        "resource_type": kind,
        "schema": schema,
        "tags": list(tags),
        "relation_name": name,
        "config": config,
    }


def manifest(*tables, columns=("day", "account"), **said):
    nodes = {one["unique_id"]: one for one in tables}
    for one in tables:
        nodes[f"test.p.{one['name']}"] = {
            "attached_node": one["unique_id"],
            "test_metadata": {"name": "grain", "kwargs": {"columns": list(columns), **said}},
        }
    return {"nodes": nodes}


def found(rows, said, day=None):
    """Return the rows that break the key of the only table of a manifest."""
    with duckdb.connect() as connection:
        connection.execute("create table usage (day date, account varchar)")
        connection.executemany("insert into usage values (?, ?)", rows)
        (key,) = keys_of(said, set(said["nodes"]), day)
        return sorted(connection.execute(key.query).fetchall(), key=str)


FIRST, LAST = date(2026, 1, 1), date(2026, 1, 2)
ROWS = [(FIRST, "a"), (FIRST, "a"), (FIRST, None), (LAST, "b"), (LAST, "b"), (LAST, "c")]
BY_DAYS = {"incremental_strategy": "replace_days", "event_time": "day"}


def test_values_that_two_rows_share_and_those_that_are_missing_are_found():
    assert found(ROWS, manifest(table("usage"))) == [
        (FIRST, "a", 2),
        (FIRST, None, 1),
        (LAST, "b", 2),
    ]


def test_a_part_of_the_key_that_may_be_missing_is_missed_by_nobody():
    said = manifest(table("usage"), optional=["account"])
    assert found(ROWS, said) == [(FIRST, "a", 2), (LAST, "b", 2)]


def test_of_a_table_of_days_only_those_that_were_replaced_are_asked():
    said = manifest(table("usage", **BY_DAYS))
    assert found(ROWS, said, LAST) == [(LAST, "b", 2)]
    assert len(found(ROWS, said)) == 3


def test_a_table_that_is_built_whole_is_asked_whole_on_any_day():
    assert len(found(ROWS, manifest(table("usage")), LAST)) == 3
    other_day = manifest(table("usage", incremental_strategy="replace_days", event_time="week"))
    assert len(found(ROWS, other_day, LAST)) == 3


@pytest.mark.parametrize(
    ("asked", "one"),
    [
        (True, table("usage", "reports")),
        (True, table("usage", "seeds", "seed")),
        (True, table("usage", "intermediate", tags=["input"])),
        (False, table("usage", "intermediate")),
    ],
)
def test_what_follows_from_the_sql_of_a_step_is_left_to_its_tests(asked, one):
    said = manifest(one)
    assert len(list(keys_of(said, set(said["nodes"]), None))) == asked


def test_a_table_that_was_not_built_is_not_asked():
    assert list(keys_of(manifest(table("usage")), {"model.p.other"}, None)) == []


GRAIN = ROOT / "dbt_project/tests/generic/grain.sql"
VALUES = st.tuples(st.sampled_from([None, FIRST, LAST]), st.sampled_from([None, "a", "b"]))


def found_by_dbt(rows, columns, optional, day_column, day):
    """Return the rows that the test of dbt finds, in a table that is rebuilt from a day on."""
    text = GRAIN.read_text().replace("{% test grain(", "{% macro grain(")
    text = text.replace("{% endtest %}", "{% endmacro %}")
    environment = Environment()
    environment.globals.update(
        tested_day_column=lambda _: day_column or "",
        rebuild_from=lambda: f"date '{day or date(1, 1, 1)}'",
    )
    query = environment.from_string(text).module.grain("usage", columns, optional)
    with duckdb.connect() as connection:
        connection.execute("create table usage (day date, account varchar)")
        connection.executemany("insert into usage values (?, ?)", rows)
        return sorted(connection.execute(str(query)).fetchall(), key=str)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(VALUES, min_size=1, max_size=8),
    columns=st.sampled_from([("day", "account"), ("account",), ("day",)]),
    optional=st.sampled_from([(), ("account",)]),
    by_days=st.booleans(),
    day=st.sampled_from([None, FIRST, LAST]),
)
def test_a_run_and_the_test_of_dbt_find_the_same_rows(rows, columns, optional, by_days, day):
    said = manifest(
        table("usage", **(BY_DAYS if by_days else {})), columns=columns, optional=list(optional)
    )
    by_dbt = found_by_dbt(rows, list(columns), list(optional), "day" if by_days else None, day)
    assert found(rows, said, day) == by_dbt


def test_both_find_what_is_planted():
    """Or the test above could compare nothing with nothing."""
    assert found_by_dbt(ROWS, ["day", "account"], [], "day", None) == [
        (FIRST, "a", 2), (FIRST, None, 1), (LAST, "b", 2),
    ]  # fmt: skip
