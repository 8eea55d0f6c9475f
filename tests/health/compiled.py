"""The models of the score, compiled from their files as dbt compiles them.

A test lays down what the first models read, under their names, and builds the others on top: a
full build, or one that replaces the days from a day on, as ``replace_days`` does. What is not here:
dbt, which takes seconds for what these tests do hundreds of times.
"""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import duckdb
import yaml
from jinja2 import Environment

PROJECT = Path(__file__).parents[2] / "dbt_project"
MODELS = {
    path.stem: path
    for pattern in (
        *("marts/health/*.sql", "marts/health/components/*.sql", "intermediate/health/*.sql"),
        "intermediate/activity/int_account_gaps.sql",
        "intermediate/activity/int_account_rhythms_daily.sql",
    )
    for path in (PROJECT / "models").glob(pattern)
}
MACROS = (
    *("in_rebuild_window.sql", "banded_days.sql", "summed_points.sql", "lowest_caps.sql"),
    *("curve_of_peers.sql", "company_rhythms.sql", "last_fresh_day.sql"),
    *("drawn_to_prior.sql", "score_on_curve.sql"),
    *("engine/percentile.sql", "engine/time.sql", "engine/number_series.sql"),
    "engine/known_values.sql",
)
REFERENCES = Path(__file__).parents[2] / "data/demo/catalogues/score_references.csv"
# From then on another set of references holds.
REFROZEN_ON = date(2026, 5, 20)
VARIABLES = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"]
DAY_OF_REBUILD = "the day from which on it is rebuilt"


@cache
def _components() -> list[dict]:
    """Return the components as the macro ``component_catalogue`` does, which dbt's graph tells."""
    path = PROJECT / "models/marts/health/components/_components.yml"
    entries = yaml.safe_load(path.read_text())["models"]
    said = {entry["name"].removeprefix("component_"): entry["config"]["meta"] for entry in entries}
    return [
        {
            **said[name],
            "name": name,
            "sources": [said[name]["source"], *said[name].get("needs", [])],
        }
        for name in VARIABLES["health_components"]
    ]


class Table(str):
    """The name of a table of a test."""

    def include(self, **_: bool) -> "Table":
        """Return the name, which has no database before it."""
        return self


@cache
def _compiled(model: str, is_tail: bool) -> str:
    names = {
        "ref": Table,
        "var": {**VARIABLES, "rebuild_from": DAY_OF_REBUILD}.__getitem__,
        "config": lambda **_: "",
        "return": lambda value: value,
        "is_incremental": lambda: is_tail,
        "this": model,
        "execute": True,
        "component_catalogue": _components,
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


def _settles_after_days(model: str) -> int:
    """Return how many days before the first that is built a model builds again."""
    (declared,) = yaml.safe_load(MODELS[model].with_suffix(".yml").read_text())["models"]
    return declared.get("config", {}).get("meta", {}).get("settles_after_days", 0)


def build(
    connection: duckdb.DuckDBPyConnection, model: str, rebuild_from: date | None = None
) -> None:
    """Build a model anew, or its days from one on."""
    query = _compiled(model, rebuild_from is not None)
    if rebuild_from is None:
        connection.execute(f"create or replace table {model} as {query}")
        return
    query = query.replace(DAY_OF_REBUILD, rebuild_from.isoformat())
    first_day = rebuild_from - timedelta(_settles_after_days(model))
    connection.execute(f"create or replace temp table tail as {query}")
    [day] = re.findall(r"event_time='(\w+)'", MODELS[model].read_text())
    connection.execute(f"delete from {model} where {day} >= ?", [first_day])
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


def lay_down_references(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay down what is usual: nothing before 2000, then one set, and another that is higher."""
    percentiles = ("p10", "p25", "p50", "p75", "p90", "prior_value")
    known = ", ".join(f"{name} * factor as {name}" for name in percentiles)
    unknown = ", ".join(f"null as {name}" for name in percentiles)
    connection.execute(
        f"""
        create or replace table int_score_references_dated as
        select component, segment, {known}, drawn_from, true as is_drawn,
            starts as valid_from, ends as valid_to
        from read_csv('{REFERENCES}')
        cross join (values
            (1.0, date '2000-01-01', date '{REFROZEN_ON}'),
            (1.25, date '{REFROZEN_ON}', date '9999-12-31')
        ) as sets(factor, starts, ends)
        where component in (select component from score_components)
        union all by name
        select distinct component, segment, {unknown}, null as drawn_from, false as is_drawn,
            date '0001-01-01' as valid_from, date '2000-01-01' as valid_to
        from read_csv('{REFERENCES}')
        union all by name
        select distinct component, 'all' as segment, {unknown}, null as drawn_from,
            false as is_drawn, date '0001-01-01' as valid_from, date '9999-12-31' as valid_to
        from score_components
        where component not in (select component from read_csv('{REFERENCES}'))
        """
    )
