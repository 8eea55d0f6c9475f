"""What a run writes is its owner's alone, whatever the umask; what it publishes is for others."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from orchestration.publication.switch import take_over
from orchestration.settings.environment import ROOT
from orchestration.warehouse.atomic_write import write_atomically

WRITES = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[2], 8))
from orchestration.dagster_instance import opened_instance
from orchestration.process.log_capture import captured_logs
from orchestration.warehouse.atomic_write import write_atomically
from orchestration.warehouse.connection import Warehouse
from orchestration.warehouse.run_lock import begin_run
from tests.conftest import settings_in
folder = Path(sys.argv[1])
settings = settings_in(folder, folder)
if sys.argv[3] == "published first":
    with write_atomically(settings.published / "a/b", is_published=True) as path:
        path.write_text("x")
with captured_logs(settings.logs, settings.runs_kept):
    begin_run(settings.warehouse)
    with Warehouse.of(settings).writing() as connection:
        connection.execute("create table a as select 1")
    opened_instance(settings.dagster_home).dispose()
with write_atomically(settings.reports / "day/report.html") as path:
    path.write_text("x")
with write_atomically(settings.published / "a/b", is_published=True) as path:
    path.write_text("x")
"""


def modes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): oct(stat.S_IMODE(path.stat().st_mode))[2:]
        for path in folder.rglob("*")
    }


def written(tmp_path: Path, umask: str, order: str = "") -> dict[str, str]:
    folder = tmp_path / "kept"
    folder.mkdir()
    command = [sys.executable, "-c", WRITES, str(folder), umask, order]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
    return modes(folder)


def test_what_a_run_writes_is_its_owners_alone(tmp_path):
    found = written(tmp_path, "000")
    published = {name: found.pop(name) for name in [n for n in found if n.startswith("published")]}
    assert {name for name in found if name.endswith((".duckdb", ".log", ".yaml", ".html"))} != set()
    assert any(name.endswith(".db") for name in found)
    assert set(found.values()) <= {"600", "700"}, found
    assert published == {"published": "777", "published/a": "777", "published/a/b": "666"}


def test_what_is_published_is_as_open_as_asked(tmp_path):
    found = written(tmp_path, "027", "published first")
    assert (found["published"], found["published/a/b"]) == ("750", "640")
    assert {mode for name, mode in found.items() if not name.startswith("published")} <= {
        "600",
        "700",
    }


# As the server that shows and starts runs does: it makes its home, and its children do the runs.
STARTS = """
import os, subprocess, sys
os.umask(int(sys.argv[3], 8))
from orchestration.process.private_files import keep_files_private
keep_files_private()
command = [sys.executable, "-c", sys.argv[1], sys.argv[2], "077", ""]
subprocess.run(command, check=True)
"""


def test_what_a_run_publishes_that_the_server_starts_is_as_open_as_asked_of_the_server(tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    command = [sys.executable, "-c", STARTS, WRITES, str(folder), "027"]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
    found = modes(folder)
    assert (found["published"], found["published/a/b"]) == ("750", "640")
    assert found["reports/day/report.html"] == "600"


def test_a_file_of_the_last_publication_is_shared_when_the_new_one_takes_it_over(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("x")
    old.chmod(0o600)
    take_over(old, new)
    with write_atomically(tmp_path / "published", is_published=True) as path:
        path.write_text("x")
    found = modes(tmp_path)
    assert found["new"] == found["published"] != "600"
