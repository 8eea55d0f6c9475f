"""Killed at any call to the outside, a command leaves what the next one completes.

``KILLS`` says how many kills are spread over a command, ``all`` for one at every call that writes
state. ``KILL_WHOLE_RUN=1`` kills the daily run of the demonstration company, too, and what it does
after its gates by itself, which takes minutes for each. A run that completes a killed one is killed
further on where ``KILLS_IN_A_ROW`` says more than one, so that each kill costs half a run.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager

import duckdb
import pytest

from orchestration.landing.parts import ENDING
from orchestration.settings.environment import ROOT
from tests.conftest import settings_in
from tests.orchestration.marks import cells_with, files_with
from tests.orchestration.test_erase import LANDED, THEIRS, lands
from tests.orchestration.test_run import environment

pytestmark = pytest.mark.exhaustive

KILLS = os.environ.get("KILLS", "6")
RAW = "select table_name, estimated_size from duckdb_tables() where schema_name = 'raw' order by 1"
ADDRESSES = [mark for mark in THEIRS if "@" in mark]
KILLS_IN_A_ROW = int(os.environ.get("KILLS_IN_A_ROW", "1"))
# What a run needs, imported once for all runs.
OF_A_RUN = ("orchestration.execution.progress", "orchestration.in_process_run")
PUBLISHED = ("manifest.json", "customer_health.duckdb", "page.duckdb", "parquet")


@contextmanager
def killer(settings, *imported):
    """Give a function that has a process do something and be killed at a call of a kind."""
    told = settings.warehouse.parent.parent / "said"
    told.parent.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.orchestration.killed", str(told), *imported],
        cwd=ROOT,
        env=environment(settings),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def told_to(what, at=0, which="calls"):
        process.stdin.write(json.dumps([at, which, what]) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    try:
        yield told_to
    finally:
        process.stdin.close()
        process.wait()


def spread(calls: int) -> list[int]:
    """Return at which of the calls to kill."""
    kills = calls if KILLS == "all" else min(calls, int(KILLS))
    return sorted({1 + number * (calls - 1) // max(1, kills - 1) for number in range(kills)})


def leave_a_trace(settings) -> None:
    """Have a log of an earlier run name somebody."""
    settings.logs.mkdir(parents=True)
    (settings.logs / "run-1.log").write_text(f"Refused a file to {ADDRESSES[0]}.")


def content(warehouse) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(RAW).fetchall()


@pytest.mark.parametrize("which", ["calls", "writes"])
@pytest.mark.parametrize("what", ["land", "erase"])
def test_killed_anywhere_the_next_completes_it(tmp_path, what, which):
    if KILLS == "all" and which == "calls":
        pytest.skip("every call that writes state is among those of the other case")
    settings = settings_in(tmp_path / "kept", tmp_path / "landing")
    for table, rows in LANDED.items():
        lands(settings, table, rows)
    with killer(settings) as told_to:
        code, calls, said = told_to(what, 0, which)
        assert code == 0, said
        whole = content(settings.warehouse)
        killed = 0
        for at in spread(calls):
            shutil.rmtree(settings.warehouse.parent)
            leave_a_trace(settings)
            code, _, said = told_to(what, at, which)
            assert code in (-signal.SIGKILL, 0), said
            killed += code != 0
            code, _, said = told_to(what)
            assert code == 0, (at, said)
            assert "Traceback" not in said
            assert content(settings.warehouse) == whole, at
            if what == "erase":
                assert cells_with(settings.warehouse, THEIRS) == []
                assert files_with(settings.warehouse.parent, ADDRESSES) == [], at
            left = [path.name for path in settings.warehouse.parent.iterdir()]
            assert not [name for name in left if ENDING in name or "unfinished" in name]
    assert killed
    print(f"{what}: {killed} kills at {calls} {which}")


def published(settings) -> set[str]:
    """Return the runs that the forms of the publication are of, and whether each can be read."""
    folder = (settings.published / "current").resolve()
    runs = {json.loads((folder / "manifest.json").read_text())["run_id"]}
    with duckdb.connect(str(folder / "page.duckdb"), read_only=True) as connection:
        runs |= {connection.execute("select run_id from publication").fetchone()[0]}
    with duckdb.connect(str(folder / "customer_health.duckdb"), read_only=True) as connection:
        connection.execute("from reports.rpt_headline_kpis").fetchall()
    assert all((settings.published / name).resolve().parent == folder for name in PUBLISHED)
    return runs


def counted(settings) -> dict[str, int]:
    """Return the rows of what no run may lose: all that landed, and the books of what was done."""
    query = (
        "select table_name, estimated_size from duckdb_tables() where schema_name = 'raw' "
        "and table_name not in ('quarantine', 'loads', 'load_warnings')"
    )
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        names = [name for name, _ in connection.execute(query).fetchall()]
        counts = [
            connection.execute(f"select count(*) from raw.{name}").fetchone() for name in names
        ]
    return {name: count for name, (count,) in zip(names, counts, strict=True)}


OF_WHOLE_RUNS = pytest.mark.skipif(
    "KILL_WHOLE_RUN" not in os.environ, reason="hours: set KILL_WHOLE_RUN=1"
)


def delivered(settings) -> set[str]:
    """Return the names of what is below the reports and in the publication that holds."""
    folders = (settings.reports, (settings.published / "current").resolve())
    return {
        str(path.relative_to(folder))
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


@OF_WHOLE_RUNS
@pytest.mark.parametrize("which", ["seconds", "writes", "calls"])
def test_deliveries_killed_anywhere_are_completed_by_the_next(copied, which):
    """Publication, exports, report, dashboard, alerts and pushes, from a build that is there."""
    with killer(copied, *OF_A_RUN, "tests.orchestration.part_of_a_run") as told_to:
        code, _, said = told_to("deliver")
        assert code == 0, said
        names, books = delivered(copied), counted(copied)
        code, reached, said = told_to("deliver", 0, which)
        assert code == 0, said
        assert delivered(copied) == names
        killed = 0
        for at in spread(reached):
            code, _, said = told_to("deliver", at, which)
            assert code in (-signal.SIGKILL, 0), said
            killed += code != 0
            assert len(published(copied)) == 1, at
            unfinished = {name for name in delivered(copied) - names if "unfinished" not in name}
            assert unfinished == set(), at
            code, _, said = told_to("deliver")
            assert code == 0, (at, said)
            assert "Traceback" not in said
            assert len(published(copied)) == 1, at
            assert delivered(copied) == names, at
            # Nothing is told twice, nor lost; the book of pushes has each of them, dry ones too.
            now = counted(copied)
            assert now.pop("crm_push_fields", 0) >= books.get("crm_push_fields", 0)
            assert now == {name: n for name, n in books.items() if name != "crm_push_fields"}, at
            print(f"deliver: killed at {at} of {reached} {which}, completed", flush=True)
        assert killed


@OF_WHOLE_RUNS
@pytest.mark.parametrize("which", ["seconds", "writes"])
def test_the_daily_run_killed_anywhere_is_completed_by_the_next(built, tmp_path, which):
    settings = settings_in(tmp_path / "kept", tmp_path / "landing")
    shutil.copytree(built.settings.landing, settings.landing)
    for place in ("warehouse", "reports", "published"):
        folder = built.settings.warehouse.parent.parent / place
        shutil.copytree(folder, tmp_path / "kept" / place, symlinks=True)
    with killer(settings, *OF_A_RUN) as told_to:

        def lands_one_more(name):
            (settings.landing / f"product/events/more-{name}.jsonl").write_text("{}\n")

        lands_one_more("first")
        code, reached, said = told_to("daily", 0, which)
        assert code == 0, said
        before = counted(settings)
        points = spread(reached)
        for number, at in enumerate(points):
            lands_one_more(number)
            code, _, said = told_to("daily", at, which)
            assert code in (-signal.SIGKILL, 0), said
            # Whatever was at work, what people open is whole.
            assert len(published(settings)) == 1, at
            *_, last = said.splitlines()
            is_last = at == points[-1] or (number + 1) % KILLS_IN_A_ROW == 0
            if code == 0 or not is_last:
                print(f"daily: killed at {at} of {reached} {which} after {last!r}", flush=True)
                continue
            code, _, said = told_to("daily")
            assert code == 0, (at, said)
            assert "Traceback" not in said
            assert len(published(settings)) == 1, at
            after = counted(settings)
            assert {name for name in before if after.get(name, 0) < before[name]} == set(), at
            changed = {
                name: (before.get(name), after[name])
                for name in after
                if before.get(name) != after[name]
            }
            print(
                f"daily: killed at {at} of {reached} {which} after {last!r}, completed; {changed}",
                flush=True,
            )
