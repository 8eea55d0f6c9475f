"""The bare pass: DuckDB reads all event files and counts rows by account and day.

``python -m tests.bench.bare_pass <folder of events>`` prints what it took as JSON. It names the
two columns it needs, so that nothing but reading is in it; lines it cannot read are left out.
"""

import json
import sys
import time
from pathlib import Path

import duckdb

THREADS = 2
JSON = (
    "read_json({files}, format = 'newline_delimited', ignore_errors = true, "
    "columns = {{account_id: 'varchar', event_ts: 'varchar'}})"
)
CSV = "read_csv({files}, union_by_name = true, all_varchar = true, ignore_errors = true)"
PARQUET = "read_parquet({files}, union_by_name = true)"
READERS = {".jsonl": JSON, ".ndjson": JSON, ".csv": CSV, ".parquet": PARQUET}
COUNT = """
with events as ({events}),
by_account_and_day as (
    select account_id, try_cast(event_ts as timestamp)::date as day, count(*) as events
    from events group by all
)
select coalesce(sum(events), 0)::bigint, count(*) from by_account_and_day
"""


def main(folder: Path) -> None:
    connection = duckdb.connect(config={"threads": THREADS})
    query = COUNT.format(events=" union all ".join(_reads(folder)))
    began, began_cpu = time.perf_counter(), time.process_time()
    events, groups = connection.execute(query).fetchone()
    wall, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    print(json.dumps({"wall": wall, "cpu": cpu, "events": events, "groups": groups}))


def _reads(folder: Path) -> list[str]:
    files: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("*.*")):
        ending = next((part for part in path.suffixes if part in READERS), None)
        if path.is_file() and ending:
            files.setdefault(ending, []).append(str(path))
    return [
        f"select account_id, event_ts from {READERS[ending].format(files=_list(paths))}"
        for ending, paths in files.items()
    ]


def _list(paths: list[str]) -> str:
    quoted = (path.replace("'", "''") for path in paths)
    return "[" + ", ".join(f"'{path}'" for path in quoted) + "]"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
