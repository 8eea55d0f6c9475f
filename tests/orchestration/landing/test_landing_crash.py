"""What is left when a load is killed, the disk is full, or the warehouse is held elsewhere."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.landing.load import land
from orchestration.warehouse.connection import Warehouse, WarehouseError

pytestmark = [pytest.mark.slow, pytest.mark.exhaustive]

FILES, LINES = 60, 4000
LOADING = """
import sys
from datetime import datetime
from pathlib import Path
from tests.orchestration.landing.conftest import ORDERS
from orchestration.landing import batches
from orchestration.landing.load import land
from orchestration.warehouse.connection import Warehouse
batches.BATCH_FILES = 2
with Warehouse(Path({warehouse!r})).writing() as connection:
    print("loading", flush=True)
    land(connection, [ORDERS], Path({landing!r}), datetime(2026, 11, 1, 6), print)
"""
HOLDING = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def put_many(company) -> None:
    for number in range(FILES):
        lines = [
            json.dumps({"id": f"{number:03}-{line:05}", "placed_at": "2026-01-31T10:00:00Z"})
            for line in range(LINES)
        ]
        company.put(f"{number:03}.jsonl", "\n".join([*lines, "bad"]))


def start(code: str, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[3],
        text=True,
    )


@pytest.mark.parametrize("delay", [0.2, 0.5, 0.9])
def test_a_killed_load_leaves_nothing_half_loaded_and_the_next_run_completes_it(company, delay):
    put_many(company)
    paths = {"landing": str(company.landing), "warehouse": str(company.warehouse.path)}
    process = start(LOADING.format(**paths))
    assert process.stdout.readline() == "loading\n"
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    company.land()
    assert company.rows("select count(*), count(distinct id) from raw.shop_orders") == [
        (FILES * LINES, FILES * LINES)
    ]
    assert company.rows(
        "select count(*), sum(lines_read), sum(rows_loaded), sum(rows_quarantined) from raw.loads"
    ) == [(FILES, FILES * (LINES + 1), FILES * LINES, FILES)]
    assert company.rows("select count(*) from raw.quarantine") == [(FILES,)]
    assert company.land()["orders"].files == []


def test_after_a_kill_the_books_and_the_rows_agree(company):
    put_many(company)
    paths = {"landing": str(company.landing), "warehouse": str(company.warehouse.path)}
    process = start(LOADING.format(**paths))
    assert process.stdout.readline() == "loading\n"
    time.sleep(0.7)
    process.send_signal(signal.SIGKILL)
    process.wait()
    company.land(tables=[])
    assert (
        company.rows(
            "select load_id from raw.loads where rows_loaded <> "
            f"{LINES} or rows_quarantined <> 1 or lines_read <> {LINES + 1}"
        )
        == []
    )
    present = company.rows(
        "select 1 from duckdb_tables() where schema_name = 'raw' and table_name = 'shop_orders'"
    )
    if present:
        assert company.rows(
            "select _load_id, count(*) from raw.shop_orders group by all order by all"
        ) == company.rows("select load_id, rows_loaded from raw.loads order by all")


def test_a_warehouse_held_by_another_process_is_named_and_untouched(company):
    company.land()
    holder = start(HOLDING, str(company.warehouse.path))
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseError) as raised:
            company.land()
    finally:
        holder.communicate("")
    assert str(company.warehouse.path) in str(raised.value)
    assert "is held by another process, so nothing was changed" in str(raised.value)
    company.land()


@pytest.fixture
def small_disk(tmp_path: Path):
    mount = tmp_path / "small"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(mount)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("a small file system can only be mounted by root")
    yield mount
    subprocess.run(["umount", str(mount)], check=True)


def test_a_full_disk_is_named_and_leaves_only_whole_files(company, small_disk):
    random = "".join(os.urandom(40).hex() for _ in range(1000))
    for number in range(4):
        lines = [
            json.dumps(
                {
                    "id": f"{number}-{line}",
                    "placed_at": "2026-01-31T10:00:00Z",
                    "note": os.urandom(100).hex() + random[line : line + 10],
                }
            )
            for line in range(200 if number == 0 else 60000)
        ]
        company.put(f"{number}.jsonl", "\n".join(lines))
    warehouse = Warehouse(small_disk / "warehouse.duckdb", memory_limit="200MB")
    company.warehouse = warehouse
    for path in sorted(company.landing.rglob("[1-3].jsonl")):
        path.rename(path.with_name(f".{path.name}"))
    company.land()
    for path in sorted(company.landing.rglob(".[1-3].jsonl")):
        path.rename(path.with_name(path.name[1:]))
    with pytest.raises(WarehouseError, match=r"disk under the warehouse is full.*Free some space"):
        company.land()
    assert company.rows("select count(*) from raw.shop_orders") == company.rows(
        "select sum(rows_loaded) from raw.loads"
    )
    assert company.rows("select count(*) > 0 from raw.shop_orders where _line = 200") == [(True,)]


def test_a_load_that_breaks_its_law_is_undone(company, orders, monkeypatch):
    from orchestration.landing import batches
    from orchestration.landing.errors import LandingError

    company.put("one.jsonl", '{"id": "a", "placed_at": "2026-01-31T10:00:00Z"}')
    kept = batches.batch_statement
    monkeypatch.setattr(
        batches, "batch_statement", lambda *arguments: kept(*arguments) + " where _line > 1"
    )
    with pytest.raises(LandingError, match="1 lines were read, but 0 were loaded and 0"):
        company.land()
    monkeypatch.undo()
    assert company.rows("from raw.loads") == []
    with company.warehouse.writing() as connection:
        from datetime import datetime

        land(connection, [orders], company.landing, datetime(2026, 11, 1), print)
    assert company.ids() == ["a"]
