"""The order in which people read the names of files, by the rule that the models have.

What is not here: the rule, which is the macro ``natural_order`` of the dbt project.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import duckdb
from jinja2 import Environment

MACRO = Path(__file__).parents[2] / "dbt_project" / "macros" / "engine" / "natural_order.sql"


def in_natural_order(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> list[str]:
    """Sort names of files: export-9.csv, export-10.csv."""
    found = connection.execute(
        f"select name from (select unnest($names) as name) order by {_key()}, name",
        {"names": sorted(names)},
    ).fetchall()
    return [name for (name,) in found]


@cache
def _key() -> str:
    macro = Environment(autoescape=False).from_string(MACRO.read_text(encoding="utf-8"))
    return macro.module.default__natural_order("name")
