"""A project of one model that grows with the days, with the macros of this one.

Raw rows come out of the working file, Spark builds, and the working file takes in what was built.
"""

import dataclasses
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from orchestration.settings.environment import ROOT, Settings

PROJECT = """
name: customer_health
version: "1.0"
config-version: 2
profile: customer_health
vars: {rebuild_from: "0001-01-01", reporting_time_zone: UTC, session_timeout_seconds: 1800}
"""
MODEL = """
{{ config(
    materialized='incremental', incremental_strategy='replace_days', event_time='day', LAYOUT
) }}
select
    cast(day as date) as day,
    amount,
    amount / 4.0 as quarter_of_it,
    {{ keyed_hash(pseudonym_key(), 'day') }} as pseudonym,
    moment
from (
    select * from raw.amounts where amount % 2 = 0
    union all
    select * from raw.amounts where amount % 2 = 1
)
where {{ in_rebuild_window('cast(day as date)') }}
"""
FIRST = [("2026-03-01", 1), ("2026-03-02", 2), ("2026-03-02", 3), ("2026-03-03", 4)]


def project_of_days(folder: Path, layout: str = "", **stated: object) -> Settings:
    """Write the project into a folder, its model with a layout in its config.

    Returns:
        Its settings, with what is stated besides.
    """
    settings = dataclasses.replace(
        Settings.from_environment({}),
        root=folder, warehouse=folder / "warehouse.duckdb", threads=1, target="spark", **stated,
    )  # fmt: skip
    project, macros = folder / "dbt_project", ROOT / "dbt_project" / "macros"
    (project / "models").mkdir(parents=True)
    (project / "dbt_project.yml").write_text(PROJECT)
    (project / "models" / "amounts.sql").write_text(MODEL.replace("LAYOUT", layout))
    shutil.copytree(macros / "engine", project / "macros" / "engine")
    shutil.copy(macros / "in_rebuild_window.sql", project / "macros")
    shutil.copytree(ROOT / "profiles", folder / "profiles")
    return settings


def builder_of_days(settings: Settings, memory: str) -> Callable[..., list[tuple]]:
    """Return a function that builds the model from rows, and what the working file holds then."""
    from orchestration.dbt_runner.on_spark import invoke_on_spark

    def build(rows: Sequence[tuple[str, int]], since: object = None) -> list[tuple]:
        values = ", ".join(
            f"('{day}', {amount}, timestamp '{day} 12:00:00')" for day, amount in rows
        )
        with duckdb.connect(str(settings.warehouse)) as connection:
            connection.execute("create schema if not exists raw")
            connection.execute(
                "create or replace table raw.amounts as "
                f"select * from (values {values}) as told (day, amount, moment)"
            )
        extra = ["--vars", f"rebuild_from: '{since}'"] if since else ["--full-refresh"]
        result = invoke_on_spark(settings, ["run", *extra], memory=memory, small=True)
        assert result.success, result.exception or [one.message for one in result.result.results]
        with duckdb.connect(str(settings.warehouse)) as connection:
            connection.execute("set TimeZone = 'UTC'")
            return connection.execute(
                "select amount, quarter_of_it, pseudonym, moment, day "
                "from marts.amounts order by day, amount"
            ).fetchall()

    return build


def days(found: Sequence[tuple]) -> list[tuple[str, int]]:
    """Return day and amount of such rows, as they are given to the builder."""
    return [(str(row[-1]), row[0]) for row in found]
