"""What is published, as the dbt manifest has it: every public table of the marts and the reports.

What only feeds a page is copied beside it, for the page alone. What is not here: how it is copied.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from orchestration.dbt_runner.manifest import Manifest, tables_of

SCHEMAS = ("marts", "reports")
# Texts are written before a company says in which currency it reports.
REPORTING_CURRENCY = "reporting currency"


@dataclass(frozen=True)
class Relation:
    """A table to copy, and what its YAML says about it.

    Attributes:
        schema: ``marts`` or ``reports``.
        name: of the table.
        description: of the table, behind the question that it answers.
        columns: the description of each column.
        day: the column by whose days it is rebuilt; None where it is built whole.
        settles_after_days: how many days before the first new day its rows can still change.
        sorted_by: the columns by which the copy lies, so that what repeats takes no room.
    """

    schema: str
    name: str
    description: str
    columns: Mapping[str, str]
    day: str | None = None
    settles_after_days: int = 0
    sorted_by: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Return its name with its schema."""
        return f"{self.schema}.{self.name}"

    def changed_from(self, since: date | None) -> date | None:
        """Return the first day whose rows can differ; None where all can."""
        if since is None or self.day is None:
            return None
        return since - timedelta(days=self.settles_after_days)


def relations(manifest: Manifest) -> list[Relation]:
    """Read from the manifest what is published: every public table of the marts and the reports.

    The members of a family are steps of its union, which holds the same rows.
    """
    return [
        _relation(schema, name, node)
        for schema in SCHEMAS
        for name, node in tables_of(manifest, schema).items()
        if node["config"]["access"] == "public"
    ]


def page_relations(manifest: Manifest) -> list[Relation]:
    """Read from the manifest what only feeds a page: every report that is not public."""
    return [
        _relation("reports", name, node)
        for name, node in tables_of(manifest, "reports").items()
        if node["config"]["access"] != "public"
    ]


def _relation(schema: str, name: str, node: Mapping[str, Any]) -> Relation:
    config = node["config"]
    is_by_day = config.get("incremental_strategy") == "replace_days"
    return Relation(
        schema,
        name,
        "\n".join(text for text in (config["meta"].get("question"), node["description"]) if text),
        {column["name"]: column["description"] for column in node["columns"].values()},
        config["event_time"] if is_by_day else None,
        config["meta"].get("settles_after_days", 0),
        tuple(config["meta"].get("sorted_by", ())),
    )


def with_currency(text: str, currency: str) -> str:
    """Name the currency in a text that speaks of the reporting currency."""
    return text.replace(f"the {REPORTING_CURRENCY}", currency).replace(REPORTING_CURRENCY, currency)
