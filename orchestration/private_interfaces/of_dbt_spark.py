"""What is taken from the insides of dbt's Spark adapter, which only who builds on Spark has.

What is not here: what dbt's other insides lend, which ``of_dbt`` has.
"""

from dbt.adapters.spark.session import Cursor

__all__ = ["Cursor"]
