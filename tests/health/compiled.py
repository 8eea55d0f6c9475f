"""The models of the score, compiled from their files as dbt compiles them.

A test lays down what the first models read, under their names, and builds the others on top: a
full build, or one that replaces the days from a day on, as ``replace_days`` does. What is not here:
dbt, which takes seconds for what these tests do hundreds of times.
"""

from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import duckdb
import yaml
from jinja2 import Environment

PROJECT = Path(__file__).parents[2] / "dbt_project"
MODELS = {path.stem: path for path in (PROJECT / "models/marts/health").glob("*.sql")}
MACROS = (
    *("is_rebuilt.sql", "component_points.sql", "summed_points.sql", "lowest_caps.sql"),
    "engine/time.sql",
)
DAY_OF_REBUILD = "the day from which on it is rebuilt"


@cache
def _compiled(model: str, is_tail: bool) -> str:
    names = {
        "ref": lambda name: name,
        "var": yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"].__getitem__,
        "config": lambda **_: "",
        "return": lambda value: value,
        "is_incremental": lambda: is_tail,
        "this": model,
        "execute": True,
        "run_query": lambda _: SimpleNamespace(
            columns=[SimpleNamespace(values=lambda: [DAY_OF_REBUILD])]
        ),
        "adapter": SimpleNamespace(dispatch=lambda name: getattr(macros, f"default__{name}")),
    }
    environment = Environment(extensions=["jinja2.ext.do"])
    environment.globals.update(names)
    files = "".join((PROJECT / "macros" / file).read_text() for file in MACROS)
    macros = environment.from_string(files).module
    return environment.from_string(files + MODELS[model].read_text()).render()


def is_incremental(model: str) -> bool:
    """Return whether a later build replaces only the last days of a model."""
    return "materialized='incremental'" in MODELS[model].read_text()


def build(
    connection: duckdb.DuckDBPyConnection, model: str, rebuild_from: date | None = None
) -> None:
    """Build a model anew, or its days from one on."""
    query = _compiled(model, rebuild_from is not None)
    if rebuild_from is None:
        connection.execute(f"create or replace table {model} as {query}")
        return
    query = query.replace(DAY_OF_REBUILD, rebuild_from.isoformat())
    connection.execute(f"create or replace temp table tail as {query}")
    connection.execute(f"delete from {model} where score_date >= ?", [rebuild_from])
    connection.execute(f"insert into {model} by name from tail")


def lay_down_seeds(connection: duckdb.DuckDBPyConnection, drafts: Path | None = None) -> None:
    """Load the seeds of the score with the types that dbt gives them; drafts take their place."""
    declared = yaml.safe_load((PROJECT / "seeds/_seeds.yml").read_text())["seeds"]
    for seed in declared:
        if seed["name"].startswith("score_"):
            path = PROJECT / "seeds" / f"{seed['name']}.csv"
            if drafts and (drafts / path.name).exists():
                path = drafts / path.name
            types = seed.get("config", {}).get("column_types", {})
            connection.execute(f"drop table if exists {seed['name']}")
            rows = connection.read_csv(str(path), header=True, dtype=types)
            rows.create(seed["name"])
