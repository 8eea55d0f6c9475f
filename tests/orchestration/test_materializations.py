"""How a model is kept in DuckDB: the hooks of a model run around its statement, in their order."""

import re
from types import SimpleNamespace

import duckdb
import pytest
from jinja2 import Environment

from orchestration.settings.environment import ROOT

FILE = ROOT / "dbt_project/macros/engine/materializations.sql"
# What dbt writes into a hook that is to run before the transaction begins, or after its end.
OUTSIDE, INSIDE = False, True


class Relation(str):
    """A name, as dbt passes it around."""

    def incorporate(self, type):
        relation = Relation(self)
        relation.type = type
        return relation


def kept_as(kind, connection, pre_hooks, post_hooks, existing=None, query="select 1 as number"):
    """Keep a model as a kind, as the macros say; return what was done, in its order."""
    done = []

    def run_hooks(hooks, inside_transaction):
        for sql, inside in hooks:
            if inside == inside_transaction:
                connection.execute(sql)
                done.append(sql)

    def statement(name, caller):
        connection.execute(caller())
        done.append(name)
        return ""

    def replaced(plan):
        target, new = plan["target_relation"], plan["temp_relation"]
        return f"delete from {target}; insert into {target} from {new}"

    text = re.sub(r"{% materialization (\w+), adapter='duckdb' %}", r"{% macro keep_\1() %}",
                  FILE.read_text())  # fmt: skip
    text = text.replace("{% endmaterialization %}", "{% endmacro %}")
    environment = Environment(extensions=["jinja2.ext.do"])
    config = {"contract": SimpleNamespace(enforced=False), "incremental_strategy": "replaced"}
    environment.globals.update(
        this=Relation("model"),
        pre_hooks=pre_hooks,
        post_hooks=post_hooks,
        compiled_code=query,
        config=config,
        run_hooks=run_hooks,
        statement=statement,
        load_cached_relation=lambda _: existing,
        should_full_refresh=lambda: False,
        make_temp_relation=lambda relation: f"{relation}_new",
        duckdb__get_columns_in_relation=lambda _: [],
        adapter=SimpleNamespace(
            commit=lambda: done.append("commit"),
            get_incremental_strategy_macro=lambda *_: replaced,
        ),
    )
    environment.globals["return"] = lambda _: ""
    getattr(environment.from_string(text).module, f"keep_{kind}")()
    return done


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute("create table told (place varchar, number bigint)")
        yield connection


def hook(place, number="0"):
    return f"insert into told select '{place}', {number}"


BEFORE = [(hook("before it begins"), OUTSIDE), (hook("before"), INSIDE)]
COUNT = "(select max(number) from model)"
AFTER = [(hook("after it ended", COUNT), OUTSIDE), (hook("after", COUNT), INSIDE)]
IN_ORDER = [("before it begins", 0), ("before", 0), ("after", 2), ("after it ended", 2)]


@pytest.mark.parametrize("kind", ["table", "view", "incremental"])
def test_hooks_run_before_and_after_what_they_are_hooks_of(connection, kind):
    done = kept_as(kind, connection, BEFORE, AFTER, query="select 2 as number")
    assert connection.execute("from told").fetchall() == IN_ORDER
    # Those within the transaction before its end, the last of all after it.
    assert done[2] == "main"
    assert done[4] == "commit"
    assert len(done) == 6


def test_hooks_run_where_days_are_replaced_in_a_table_that_is_there(connection):
    connection.execute("create table model as select 1 as number")
    there = SimpleNamespace(is_table=True, type="table")
    done = kept_as("incremental", connection, BEFORE, AFTER, there, "select 2 as number")
    assert connection.execute("from told").fetchall() == IN_ORDER
    assert [one for one in done if "insert" not in one] == ["new_rows", "main", "commit"]


def test_without_hooks_a_model_is_its_statement_and_its_commit(connection):
    assert kept_as("table", connection, [], []) == ["main", "commit"]
    assert connection.execute("from model").fetchall() == [(1,)]
