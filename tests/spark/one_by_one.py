"""Each model computed on Spark from the inputs that DuckDB built, and compared with DuckDB's rows.

What differs is so found where it begins, and no table waits for those that it reads. It proves the
SQL; what Spark writes and replaces is asked by ``test_parity``.

``python -m tests.spark.one_by_one BUILT FOLDER [SCHEMA.MODEL …]`` does it for a company that
``tests.cases.built`` has built in the first folder, and keeps what it needs in the second.
"""

import argparse
import dataclasses
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb

from orchestration.dbt_runner.on_spark import dbt_on_spark
from orchestration.settings.environment import Settings
from orchestration.settings.pseudonym_key import read_pseudonym_key
from orchestration.spark.comparison import Difference, compare
from orchestration.spark.raw_tables import spark_type
from orchestration.spark.session import start
from orchestration.spark.told_errors import in_one_line
from tests.conftest import settings_in

SCHEMAS = ("raw", "seeds", "staging", "intermediate", "marts", "reports")
RELATION = re.compile(rf"(?<![\w.'])({'|'.join(SCHEMAS)})\.(\w+)\b")
# What Parquet keeps otherwise.
STORED = {"JSON": "VARCHAR", "TIMESTAMP WITH TIME ZONE": "TIMESTAMP"}
# It asks a table while it is compiled, which is not there.
ASKS_FIRST = "int_first_affected_days"


class OneByOne:
    """A Spark session that reads what DuckDB built, table by table as it is asked for."""

    def __init__(self, built: Settings, folder: Path):
        """Open the working file of a built company; what Spark reads of it lies in the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        warehouse = folder / built.warehouse.name
        self.folder = folder
        self.settings = dataclasses.replace(built, warehouse=warehouse, target="spark")
        self.built = duckdb.connect()
        self.built.execute(f"attach '{built.warehouse}' as warehouse (read_only)")
        self.built.execute("use warehouse")
        self.built.execute("set TimeZone = 'UTC'")
        # Staging is views there, which ask for the key of the pseudonyms.
        key = read_pseudonym_key(built.pseudonym_key_file)
        self.built.execute("set variable pseudonym_key = ?", [key])
        self.session = start(self.settings, "1g", small=True)
        self.known = set()

    def compiled(self) -> Mapping[str, tuple[str, str]]:
        """Return access and SQL of each model as Spark is given it, by schema and name."""
        command = ["compile", "--no-populate-cache", "--full-refresh"]
        command += ["--select", "resource_type:model", "--exclude", ASKS_FIRST]
        result = dbt_on_spark(self.settings, command)
        assert result.success, result.exception
        nodes = [one.node for one in result.result.results]
        return {
            f"{node.schema}.{node.alias}": (str(node.access), with_double_literals(
                node.compiled_code))
            for node in nodes
            if node.resource_type == "model" and node.config.materialized != "ephemeral"
        }  # fmt: skip

    def difference(self, table: str, sql: str) -> Difference:
        """Compute a model, and compare its rows with those that DuckDB built."""
        frame = self.session.sql(RELATION.sub(self._view, sql))
        self.built.register("computed", frame.toArrow())
        return compare(self.built, f"from {table}", "from computed")

    def _view(self, found: re.Match[str]) -> str:
        schema, name = found.groups()
        view = f"{schema}__{name}"
        if view in self.known:
            return view
        place = self.folder / f"{view}.parquet"
        said = self.built.execute(f"describe from {schema}.{name}").fetchall()
        columns = [(column, STORED.get(kind, kind)) for column, kind, *_ in said]
        read = ", ".join(f'cast("{column}" as {kind}) as "{column}"' for column, kind in columns)
        self.built.execute(
            f"copy (select {read} from {schema}.{name}) to '{place}' (format parquet)"
        )
        reader, types = self.session.read, [spark_type(kind) for _, kind in columns]
        if None not in types:
            named = zip([column for column, _ in columns], types, strict=True)
            reader = reader.schema(", ".join(f"`{column}` {kind}" for column, kind in named))
        reader.parquet(str(place)).createOrReplaceTempView(view)
        self.known.add(view)
        return view


def with_double_literals(sql: str) -> str:
    """Return the SQL as the macro of the same name gives it to Spark."""
    parts = re.split(r"('(?:[^'\\]|\\.)*')", re.sub(r"(?m)^\s*--.*$", "", sql))
    number = re.compile(r"(?<![\w.])(\d+\.\d+)(?![\w.])")
    return "".join(
        number.sub(r"\1D", part) if place % 2 == 0 else part for place, part in enumerate(parts)
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("built", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("tables", nargs="*")
    chosen = parser.parse_args()
    engines = OneByOne(settings_in(chosen.built, chosen.built), chosen.folder.resolve())
    models = engines.compiled()
    unlike = 0
    for table in chosen.tables or sorted(models, key=lambda name: models[name][0] != "public"):
        began = time.monotonic()
        try:
            found = engines.difference(table, models[table][1])
        except Exception as error:  # What fails is told, and the next one is asked.
            found = in_one_line(error)
        unlike += bool(found)
        print(f"{time.monotonic() - began:6.1f} s {table}: {found or 'equal'}", flush=True)
    sys.exit(unlike > 0)
