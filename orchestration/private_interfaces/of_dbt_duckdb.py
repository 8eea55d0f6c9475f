"""What is taken from the insides of dbt's DuckDB adapter by what it loads itself.

What is not here: anything that imports Dagster, as a dbt that is started by hand loads this.
"""

from dbt.adapters.duckdb.plugins import BasePlugin

__all__ = ["BasePlugin"]
