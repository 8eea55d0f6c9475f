"""A message about data tells what went wrong and no value, whoever says it."""

import re

import duckdb
import pytest

from orchestration.dbt_runner.untold_errors import values_untold
from orchestration.private_interfaces.of_dbt import DuckDBConnectionManager
from orchestration.warehouse.connection import Warehouse

SECRETS = {"odd": "ada'\"\n\nLINE 1 @secret", "plain": "ada secret"}
TABLE = "create table t (a varchar primary key, n tinyint check (n < 5))"
STATEMENTS = {
    "cast": "select cast(a as integer) from t",
    "time": "select cast(a as timestamp) from t",
    "duplicate": "insert into t from t",
    "check": "update t set n = 77",
    "range": "select cast(length(a) * 7777 as tinyint) from t",
    "overflow": "select (length(a) * 7777777777777777)::bigint * 99999999 from t",
    "JSON": "select json_extract(a, '$.b') from t",
    "format": "select strptime(a, '%Y') from t",
    "list": "select a::integer[] from t",
    "enum": "select a::enum('x', 'y') from t",
}
TOLD = re.compile(r"secret|ada|77\b|7777")


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_an_error_of_the_warehouse_shows_no_value(tmp_path, statement, secret):
    warehouse = Warehouse(tmp_path / "w.duckdb")
    with warehouse.writing() as connection:
        connection.execute(TABLE)
        connection.execute("insert into t values (?, 1)", [secret])
    with pytest.raises(duckdb.Error) as raised, warehouse.writing() as connection:
        connection.execute(statement)
    said, _, _ = str(raised.value).partition("\n\nLINE ")
    assert not TOLD.search(said), said
    assert "…" in said
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


def test_an_error_about_a_statement_is_told_as_it_is(tmp_path):
    with (
        pytest.raises(duckdb.BinderException, match="colour"),
        Warehouse(tmp_path / "w.duckdb").writing() as connection,
    ):
        connection.execute("select colour from (select 1 as a)")


def test_dbt_passes_on_no_value():
    manager = DuckDBConnectionManager.__new__(DuckDBConnectionManager)
    manager.rollback_if_open = lambda: None
    connection = duckdb.connect()
    connection.execute("create table t (a varchar)")
    connection.execute("insert into t values (?)", ["ada@secret"])
    with (
        pytest.raises(Exception, match="Could not convert string …") as raised,
        values_untold(),
        manager.exception_handler("select"),
    ):
        connection.execute("select cast(a as integer) from t").fetchall()
    assert not any("secret" in str(error) for error in (raised.value, raised.value.__cause__))
