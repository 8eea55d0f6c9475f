"""Publication: marts and reports copied out of the working file, whole or not at all.

It holds the marts and the reports with their descriptions, and nothing of the layers below
them. It is written beside the last one, compared, and put in its place by a rename, so a
reader sees either the old one or the new one. What is not here: when that happens.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.manifest import Manifest, tables_of
from orchestration.replacing import replacing
from orchestration.settings import Settings
from orchestration.warehouse import Warehouse

SCHEMAS = ("marts", "reports")


class PublicationError(RuntimeError):
    """The copy differs from what was copied. The last publication stays in place."""


@dataclass(frozen=True)
class Relation:
    """A table to publish, and what its YAML says about it."""

    schema: str
    name: str
    description: str
    columns: Mapping[str, str]

    @property
    def table(self) -> str:
        """Return its name with its schema."""
        return f"{self.schema}.{self.name}"


def relations(manifest: Manifest) -> list[Relation]:
    """Read from the manifest what is published: every table of the marts and the reports.

    The views among the marts are the parts of a family; its table holds the same rows. A step
    of the way that nobody needs to see says ``meta.published: false``.
    """
    return [
        Relation(schema, name, node["description"], _descriptions(node))
        for schema in SCHEMAS
        for name, node in tables_of(manifest, schema).items()
        if node["config"]["materialized"] != "view"
        and node["config"]["meta"].get("published", True)
    ]


def _descriptions(node: Mapping[str, Any]) -> dict[str, str]:
    return {column["name"]: column["description"] for column in node["columns"].values()}


def database_of(settings: Settings) -> Path:
    """Return the path of the published database."""
    return settings.published / "customer_health.duckdb"


def published_listing(settings: Settings) -> dict[str, Any] | None:
    """Read what the last publication says about itself; None where there is none."""
    path = settings.published / "manifest.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def publish(settings: Settings, copied: Sequence[Relation], run_id: str) -> dict[str, Any]:
    """Write the database, the Parquet files and ``manifest.json``; return what the last says.

    What it says of the newest day is kept in ``raw.published_scores``.

    Raises:
        PublicationError: a table of the copy has other rows than its original.
    """
    folder = settings.published
    parquet = [_parquet_path(folder, relation) for relation in copied]
    with ExitStack() as files:
        # Put in place from the last to the first, and none of them unless all are complete.
        listing = files.enter_context(replacing(folder / "manifest.json"))
        database = files.enter_context(replacing(database_of(settings)))
        unfinished = [files.enter_context(replacing(path)) for path in parquet]
        with Warehouse(settings.warehouse).writing() as connection:
            contents = _copy(connection, database, copied)
            for relation, path in zip(copied, unfinished, strict=True):
                connection.table(relation.table).write_parquet(str(path), compression="zstd")
        listing.write_text(json.dumps(contents, indent=1, ensure_ascii=False) + "\n", "utf-8")
    remember_scores(settings, run_id)
    for path in (folder / "parquet").glob("*/*.parquet"):
        if path not in parquet:
            path.unlink()
    return contents


def remember_scores(settings: Settings, run_id: str) -> None:
    """Keep the scores of the newest day as they are published, unless the day was published before.

    A later run may know better; what was said on the day stays, and ``fct_health_restatements``
    shows the difference.
    """
    with Warehouse(settings.warehouse).writing() as connection:
        connection.execute(
            "insert into raw.published_scores "
            "select account_id, score_date, model_version_id, band, status, health_score, "
            "confidence, ? from marts.fct_account_health_daily "
            "inner join raw.run_parameters on score_date = as_of_date "
            "where score_date not in (select score_date from raw.published_scores)",
            [run_id],
        )


def _parquet_path(folder: Path, relation: Relation) -> Path:
    return folder / "parquet" / relation.schema / f"{relation.name}.parquet"


def _copy(
    connection: duckdb.DuckDBPyConnection, database: Path, copied: Sequence[Relation]
) -> dict[str, Any]:
    as_of = connection.table("raw.run_parameters").fetchone()[0]
    connection.execute(f"attach '{database}' as copy")
    for schema in SCHEMAS:
        connection.execute(f"create schema copy.{schema}")
    tables = {relation.table: _copy_table(connection, relation) for relation in copied}
    connection.execute("checkpoint copy")
    connection.execute("detach copy")
    return {"as_of": as_of.isoformat(), "tables": tables}


def _copy_table(connection: duckdb.DuckDBPyConnection, relation: Relation) -> dict[str, Any]:
    table = f"copy.{relation.table}"
    connection.execute(f"create table {table} as from {relation.table}")
    rows, original = (
        connection.table(name).count("*").fetchone()[0] for name in (table, relation.table)
    )
    if rows != original:
        raise PublicationError(
            f"{relation.table} has {original} rows, its copy {rows}. Nothing was published."
        )
    connection.execute(f"comment on table {table} is {_literal(relation.description)}")
    types = connection.table(table)
    for column in types.columns:
        text = _literal(relation.columns.get(column, ""))
        connection.execute(f'comment on column {table}."{column}" is {text}')
    columns = [
        {"name": name, "type": str(kind), "description": relation.columns.get(name, "")}
        for name, kind in zip(types.columns, types.types, strict=True)
    ]
    return {"rows": rows, "description": relation.description, "columns": columns}


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
