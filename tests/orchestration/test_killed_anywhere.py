"""Killed at any call to the outside, a command leaves what the next one completes.

``KILLS`` says how many kills are spread over a command; ``KILL_WHOLE_RUN=1`` kills the daily run of
the demonstration company, too, which takes hours.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.landing.parts import ENDING
from orchestration.settings.environment import ROOT
from tests.conftest import settings_in
from tests.orchestration.marks import cells_with
from tests.orchestration.test_erase import LANDED, THEIRS, lands
from tests.orchestration.test_run import environment

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "6"))
RAW = "select table_name, estimated_size from duckdb_tables() where schema_name = 'raw' order by 1"


def told_to(settings, what: str, at: int) -> tuple[int, str, int]:
    """Have a process do it and be killed at a call; return its code, its words and its calls."""
    told = settings.warehouse.parent.parent / "calls"
    command = [sys.executable, "-m", "tests.orchestration.killed", str(at), str(told), what]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(settings), capture_output=True, text=True
    )
    calls = int(told.read_text()) if at == 0 and ended.returncode == 0 else 0
    return ended.returncode, ended.stdout + ended.stderr, calls


def content(warehouse: Path) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(RAW).fetchall()


@pytest.mark.parametrize("what", ["land", "erase"])
def test_killed_anywhere_the_next_completes_it(tmp_path, what):
    settings = settings_in(tmp_path / "kept", tmp_path / "landing")
    for table, rows in LANDED.items():
        lands(settings, table, rows)
    code, said, calls = told_to(settings, what, 0)
    assert code == 0, said
    whole = content(settings.warehouse)
    for number in range(KILLS):
        at = 1 + number * (calls - 1) // max(1, KILLS - 1)
        shutil.rmtree(settings.warehouse.parent)
        code, said, _ = told_to(settings, what, at)
        assert code in (-signal.SIGKILL, 0), said
        code, said, _ = told_to(settings, what, 0)
        assert code == 0, (at, said)
        assert "Traceback" not in said
        assert content(settings.warehouse) == whole, at
        if what == "erase":
            assert cells_with(settings.warehouse, THEIRS) == []
        left = [path.name for path in settings.warehouse.parent.iterdir()]
        assert not [name for name in left if ENDING in name or "unfinished" in name]


@pytest.mark.skipif("KILL_WHOLE_RUN" not in os.environ, reason="hours: set KILL_WHOLE_RUN=1")
def test_the_daily_run_killed_anywhere_is_completed_by_the_next(built, tmp_path):
    settings = settings_in(tmp_path / "kept", tmp_path / "landing")
    shutil.copytree(built.settings.landing, settings.landing)
    code, said, calls = told_to(settings, "daily", 0)
    assert code == 0, said
    for number in range(KILLS):
        at = 1 + number * (calls - 1) // max(1, KILLS - 1)
        (settings.landing / f"product/events/more-{number}.jsonl").write_text("{}\n")
        told_to(settings, "daily", at)
        code, said, _ = told_to(settings, "daily", 0)
        assert code == 0, (at, said)
        assert "Traceback" not in said
