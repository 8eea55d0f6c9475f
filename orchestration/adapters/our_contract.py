"""Our contract of landing tables, read from the sources' YAML without asking dbt, which takes long.

What is not here: what a contract means, which ``landing.contract`` knows.
"""

from functools import cache
from pathlib import Path

import yaml

from orchestration.landing.contract import SourceTable, declared_tables

STAGING = Path(__file__).parents[2] / "dbt_project" / "models" / "staging"


@cache
def landing_tables() -> tuple[SourceTable, ...]:
    """Read every source table that lands as files, sorted by folder."""
    found = {}
    for path in sorted(STAGING.glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]:
            for table in source["tables"]:
                columns = {column["name"]: column for column in table.get("columns", ())}
                node = {"source_name": source["name"], "identifier": table["name"], **table}
                found[f"{source['name']}.{table['name']}"] = {**node, "columns": columns}
    return tuple(declared_tables({"sources": found}))
