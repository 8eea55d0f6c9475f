"""Any model of the project as a plain query on tables of a test, in full or from a day on.

What is here: the compiled SQL, and the replacing of days as ``replace_days`` does it. What is not
here: dbt, which takes seconds for what a property test does hundreds of times.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import yaml
from jinja2 import Environment

PROJECT = Path(__file__).parents[2] / "dbt_project"
# How a model is kept is dbt's own tag, which no query holds.
MACROS = "".join(
    text
    for path in sorted((PROJECT / "macros").rglob("*.sql"))
    if "{% materialization" not in (text := path.read_text())
)
SETTINGS = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"]
DAY_OF_REBUILD = "the day from which on it is rebuilt"
FIRST_DAY = date(2026, 1, 1)


@cache
def compiled(model: str, is_tail: bool) -> str:
    """Return the query of a model; the tables that it reads go by the names of their models."""
    answer = SimpleNamespace(columns=[SimpleNamespace(values=lambda: [DAY_OF_REBUILD])])
    environment = Environment(extensions=["jinja2.ext.do"])
    environment.globals.update(
        ref=lambda name: name,
        source=lambda _, table: f"raw.{table}",
        var={**SETTINGS, "rebuild_from": DAY_OF_REBUILD}.__getitem__,
        config=lambda **_: "",
        is_incremental=lambda: is_tail,
        this=model,
        execute=True,
        run_query=lambda _: answer,
        adapter=SimpleNamespace(dispatch=lambda name: getattr(macros, f"default__{name}")),
    )
    environment.globals["return"] = lambda value: value
    macros = environment.from_string(MACROS).module
    (path,) = (PROJECT / "models").rglob(f"{model}.sql")
    return environment.from_string(MACROS + path.read_text()).render()


def build(
    connection: duckdb.DuckDBPyConnection, model: str, tail_from: int, key: str | None
) -> list[str]:
    """Build a model in full and, where it has days, once more from a day on; return both tables.

    The second build begins without the days that are rebuilt, as a table that was built on the day
    before has none: what it does not read of earlier days would be seen in it.
    """
    connection.execute(f"create or replace table {model} as {compiled(model, is_tail=False)}")
    if key is None:
        return [model]
    day = FIRST_DAY + timedelta(days=tail_from)
    connection.execute(
        f"create or replace table {model}_by_days as select * from {model} where {key} < ?", [day]
    )
    tail = compiled(model, is_tail=True).replace(DAY_OF_REBUILD, day.isoformat())
    connection.execute(f"insert into {model}_by_days by name from ({tail})")
    return [model, f"{model}_by_days"]


def lay_down(
    connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Sequence[Sequence[Any]]
) -> None:
    """Make a table of a test; a whole number in a column of dates is a day after the first."""
    connection.execute(f"create or replace table {table} ({columns})")
    if rows:
        kinds = [column.split()[1] for column in columns.split(", ")]
        as_dates = f"date '{FIRST_DAY}' + unnest(?::integer[])"
        values = ", ".join(as_dates if kind == "date" else f"unnest(?::{kind}[])" for kind in kinds)
        lists = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(f"insert into {table} select {values}", lists)


def differences(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> list[tuple]:
    """Return the rows that one query has and the other lacks, either way."""
    return connection.execute(
        f"select 'model', * from (({one}) except all ({other})) union all "
        f"select 'brute force', * from (({other}) except all ({one}))"
    ).fetchall()
