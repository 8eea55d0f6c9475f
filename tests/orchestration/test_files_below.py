"""What is asked of every file of a folder is asked whatever else lies there."""

import os
import subprocess
from pathlib import Path

from orchestration.doctor.examination import examine
from orchestration.landing.landed_state import landing_state
from orchestration.process import files_below as module
from orchestration.process.files_below import entries_below, files_below
from orchestration.warehouse.disk_space import space_needed

DEEPER_THAN_CALLS = 1200


def test_a_closed_folder_keeps_nobody_from_the_others(tmp_path, monkeypatch):
    (tmp_path / "crm/closed").mkdir(parents=True)
    (tmp_path / "crm/a.csv").write_bytes(b"x" * 200_000_000)
    scanned = os.scandir

    def scandir(folder):
        if Path(folder).name == "closed":
            raise PermissionError("may not")
        return scanned(folder)

    monkeypatch.setattr(module.os, "scandir", scandir)
    assert [path.name for path, _ in files_below(tmp_path)] == ["a.csv"]
    assert landing_state(tmp_path) is not None
    assert space_needed(tmp_path / "w", tmp_path, tmp_path / "p") == 900_000_000


def test_links_and_pipes_are_no_files_and_lead_nowhere(tmp_path):
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "up").symlink_to("..")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "etc").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe")
    assert [path.name for path, _ in files_below(tmp_path)] == ["a.csv"]
    assert len(list(entries_below(tmp_path))) == 5
    assert list(files_below(tmp_path / "nowhere")) == []


def test_folders_deeper_than_calls_may_be_are_looked_at(tmp_path):
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(DEEPER_THAN_CALLS):
            os.mkdir("d")  # noqa: PTH102
            os.chdir("d")
        Path("a.csv").write_text("x")
    finally:
        os.chdir(here)
    try:
        assert len(list(files_below(tmp_path))) == 1
        assert landing_state(tmp_path) is not None
    finally:
        # Python's own way to remove a folder calls itself for each below it.
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)


def test_a_file_that_nobody_may_look_at_is_told_by_the_doctor(tmp_path, monkeypatch):
    events = tmp_path / "landing/product/events"
    events.mkdir(parents=True)
    (events / "closed.csv").write_text("event_id\n")
    looked = Path.lstat

    def lstat(path):
        if path.name == "closed.csv":
            raise PermissionError(13, "Permission denied")
        return looked(path)

    monkeypatch.setattr(Path, "lstat", lstat)
    done = examine(tmp_path / "landing", tmp_path / "drafts")
    assert any("cannot be read: Permission denied" in found.text for found in done.findings)
