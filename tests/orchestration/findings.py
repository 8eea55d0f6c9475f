"""The findings of the report as the project's own SQL makes them of the tables of a test."""

from pathlib import Path

import duckdb
import yaml
from jinja2 import Environment

PROJECT = Path(__file__).parents[2] / "dbt_project"
SEED = PROJECT / "seeds" / "report_rules.csv"
MODELS = PROJECT / "models" / "reports" / "summary"
STEPS = ("rpt_report_rules_judged", "rpt_report_findings")


def let_rules_speak(connection: duckdb.DuckDBPyConnection, rules: Path = SEED) -> None:
    """Make the findings a view, so that they follow whatever a test does to the other tables."""
    declared = yaml.safe_load((PROJECT / "seeds" / "_seeds.yml").read_text())["seeds"]
    (types,) = (one["config"]["column_types"] for one in declared if one["name"] == rules.stem)
    settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"]
    connection.execute("create schema if not exists seeds")
    connection.execute(
        f"create or replace table seeds.report_rules as from read_csv('{rules}', columns = {types})"
    )
    macro = (PROJECT / "macros" / "report_measures.sql").read_text()
    for step in STEPS:
        template = Environment().from_string(macro + (MODELS / f"{step}.sql").read_text())
        query = template.render(
            ref=lambda name: f"{'seeds' if name == 'report_rules' else 'reports'}.{name}",
            var=settings.get,
        )
        connection.execute(f"create or replace view reports.{step} as {query}")
