"""The health score against the metrics before it, a day of it, and what more accounts cost.

``python -m tests.bench.health <warehouse>`` works on a copy of a built warehouse and prints the
seconds as JSON. Full builds of ``marts/health`` are measured with a quarter, half and all of
the accounts, the last day once, and every mart and metric that the score is made from once.
"""

import json
import os
import shutil
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

import duckdb

from orchestration.dbt_runner.in_process import invoke
from orchestration.settings.environment import Settings

SCORE = ("path:models/marts/health", "path:models/intermediate/health")
# What is measured before the score is: the marts of all chapters and the metrics.
METRICS = ("path:models/intermediate", "path:models/marts/metrics")
PARTS = (4, 2, 1)


def main(built: Path) -> None:
    with tempfile.TemporaryDirectory(dir=built.parent) as folder:
        warehouse = Path(folder) / built.name
        shutil.copy(built, warehouse)
        settings = Settings.from_environment({**os.environ, "WAREHOUSE": str(warehouse)})
        keep_everybody_aside(warehouse)
        full = {}
        for part in PARTS:
            accounts = take_part(warehouse, part)
            full[accounts] = seconds(settings, *SCORE, "--full-refresh")
        day = seconds(settings, *SCORE, f"--vars=rebuild_from: '{last_day(warehouse)}'")
        metrics = seconds(settings, *METRICS, "--full-refresh")
    print(json.dumps({"full": list(full.items()), "day": day, "metrics": metrics}))


def keep_everybody_aside(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "create table raw.everybody as from intermediate.int_account_attributes_daily"
        )


def take_part(warehouse: Path, part: int) -> int:
    """Leave one account in so many as a customer; return how many are left."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("delete from intermediate.int_account_attributes_daily")
        connection.execute(
            "insert into intermediate.int_account_attributes_daily select everybody.* "
            "from raw.everybody inner join "
            "(select account_id, row_number() over (order by account_id) as place from "
            "(select distinct account_id from raw.everybody)) as placed using (account_id) "
            f"where place % {part} = 0"
        )
        return connection.execute(
            "select count(distinct account_id) from intermediate.int_account_attributes_daily "
            "where is_in_population"
        ).fetchone()[0]


def last_day(warehouse: Path) -> date:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute("select as_of_date from raw.run_parameters").fetchone()[0]


def seconds(settings: Settings, *selection: str, before=lambda: None) -> float:
    """Run models; return the seconds from the first one's begin to the last one's end."""
    before()
    selected = [part for part in selection if not part.startswith("--")]
    flags = [part for part in selection if part.startswith("--")]
    with tempfile.TemporaryDirectory() as folder:
        command = ["run", *flags, "--select", *selected]
        result = invoke(settings, command, Path(folder), lambda event: None)
    timings = [timing for node in result.result for timing in node.timing]
    began: datetime = min(timing.started_at for timing in timings)
    ended: datetime = max(timing.completed_at for timing in timings)
    return (ended - began).total_seconds()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
