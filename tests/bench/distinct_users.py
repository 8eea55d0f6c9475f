"""Counting every user once in 28 days against counting users once a day, over the same rows.

``python -m tests.bench.distinct_users <warehouse>`` prints the seconds of both as JSON. The
rolling count is the SQL of the model ``int_active_users_daily``, as dbt compiles it in full.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from orchestration.dbt_runner.in_process import invoke
from orchestration.settings.environment import Settings

MODEL = "int_active_users_daily"
PLAIN = """
select dimension, segment, activity_date, count(distinct user_id) as users
from marts.fct_user_activity_daily
inner join marts.fct_account_segments_daily using (account_id, activity_date)
where is_in_population
group by all
"""


def main(warehouse: Path) -> None:
    settings = Settings.from_environment({**os.environ, "WAREHOUSE": str(warehouse)})
    with tempfile.TemporaryDirectory() as folder:
        command = ["compile", "--full-refresh", "--select", MODEL]
        result = invoke(settings, command, Path(folder), lambda event: None)
        rolling = next(iter(result.result)).node.compiled_code
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        seconds = {name: best_of_two(connection, query) for name, query in
                   (("plain", PLAIN), ("rolling", rolling))}  # fmt: skip
    print(json.dumps(seconds))


def best_of_two(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    taken = []
    for _ in range(2):
        began = time.perf_counter()
        connection.execute(f"create or replace temp table counted as {query}")
        taken.append(time.perf_counter() - began)
    return min(taken)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
