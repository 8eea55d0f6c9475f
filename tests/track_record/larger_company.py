"""The larger company of some tests: a warehouse of ``make demo SIZE=demo`` that somebody built.

It is named by TRACK_RECORD_WAREHOUSE (seed 7, to 2026-10-31), as building it takes minutes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pytest

SEED = 7
WAREHOUSE = os.environ.get("TRACK_RECORD_WAREHOUSE")
needs_demo = pytest.mark.skipif(
    not WAREHOUSE, reason="TRACK_RECORD_WAREHOUSE names no built warehouse of the size demo"
)


@contextmanager
def demo_reading() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse that TRACK_RECORD_WAREHOUSE names, to read."""
    with duckdb.connect(WAREHOUSE, read_only=True) as connection:
        yield connection
