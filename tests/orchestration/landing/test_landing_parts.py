"""Files of more lines than are held at once: the same rows, all or nothing, in little memory."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.landing import batches
from orchestration.landing.parts import ENDING
from orchestration.landing.tables import BOOKS

DAY = "2026-01-31"
# Peak of the process in MB; DuckDB alone may use half of it.
MEMORY = "300MB"
PEAK = 800
LOADING = """
from datetime import datetime
from pathlib import Path
from tests.orchestration.landing.conftest import ORDERS
from orchestration.landing.load import land
from orchestration.warehouse.connection import Warehouse
with Warehouse(Path({warehouse!r}), {memory!r}).writing() as connection:
    land(connection, [ORDERS], Path({landing!r}), datetime(2026, 11, 1, 6), print)
# Not ru_maxrss: that begins at what the test's own process held when it forked.
peak = next(one for one in open("/proc/self/status") if one.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024)
"""


def lines(start: int, count: int) -> str:
    rows = [
        {"id": f"{n:05}", "placed_at": DAY, "seats": "x" if n % 7 == 0 else n, "new": n}
        for n in range(start, start + count)
    ]
    return "\n".join([*map(json.dumps, rows), "bad", '{"id":"k","id":"k2","placed_at":"n/a"}', ""])


def records(start: int, count: int) -> str:
    rows = [f'{n:05},{DAY},"a\nb"' for n in range(start, start + count)]
    return "\n".join(["id,placed_at,note", *rows, "Total,,", ""])


def test_read_in_parts_the_rows_and_the_books_are_the_same(company, tmp_path, monkeypatch):
    for number in range(2):
        company.put(f"{number}.jsonl", lines(number * 50, 50))
        company.put(f"{number}.csv", records(1000 + number * 50, 50))
    company.put("cut.csv.gz", gzip.compress(records(2000, 100).encode())[:-4])
    said = []
    for rows in (10_000, 60, 35):
        monkeypatch.setattr(batches, "PART_ROWS", rows)
        company.warehouse = type(company.warehouse)(tmp_path / f"{rows}.duckdb")
        company.reported.clear()
        company.land()
        tables = [*BOOKS, "shop_orders"]
        said.append({t: company.rows(f"from raw.{t} order by all") for t in tables})
        said[-1]["reported"] = sorted(company.reported)
    assert said[0] == said[1] == said[2]
    assert len(said[0]["shop_orders"]) == 200
    assert not list(tmp_path.glob(f"*{ENDING}*"))


def test_a_file_that_ends_damaged_after_parts_of_it_were_read_brings_nothing(company, monkeypatch):
    monkeypatch.setattr(batches, "PART_ROWS", 40_000)
    company.put("a.csv", records(0, 100))
    # Not so little that the end is missed at once.
    text = "".join(records(n * 1000, 1000).replace("Total,,\n", "") for n in range(100))
    header = "id,placed_at,note\n"
    packed = gzip.compress((header + text.replace(header, "")).encode())
    company.put("b.csv.gz", packed[:-4])
    company.put("c.csv", records(500_000, 100))
    company.land()
    assert company.refusals() == ["truncated gzip: it ends before its end mark; deliver it again"]
    loaded = "select _file, count(*) from raw.shop_orders group by all order by all"
    assert company.rows(loaded) == [("shop/orders/a.csv", 100), ("shop/orders/c.csv", 100)]


def test_what_a_killed_load_has_put_aside_is_removed_by_the_next(company):
    left = Path(f"{company.warehouse.path}{ENDING}")
    left.write_bytes(b"what somebody said")
    company.land()
    assert not left.exists()


@pytest.mark.exhaustive
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from Linux")
def test_the_peak_of_memory_does_not_grow_with_the_lines_of_a_file(company):
    company.put("many.jsonl", b"{}\n" * 2_500_000)
    places = {"landing": str(company.landing), "warehouse": str(company.warehouse.path)}
    code = LOADING.format(**places, memory=MEMORY)
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd()
    ).stdout.splitlines()
    # The engine draws the progress of long statements between our lines.
    assert any("shop/orders: 2500000 of 2500000 lines went to quarantine" in one for one in said)
    assert int(said[-1]) < PEAK
