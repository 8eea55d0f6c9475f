"""State files are written whole or not at all, and a torn one is as good as none."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from orchestration.dagster_instance import DAGSTER_YAML, prepare_home
from orchestration.dbt_runner.manifest import is_current, prepare_manifest
from orchestration.execution.noop_check import causes_of, remember, reports_of_last_run
from orchestration.publication.places import listing_of, published_listing
from orchestration.settings.environment import ROOT
from orchestration.warehouse.atomic_write import write_atomically
from tests.conftest import settings_in

TORN = [
    "",
    "{",
    "{}",
    "[]",
    "null",
    "1",
    '{"causes": []',
    "\x00\xff" * 40,
    "[" * 100_000,
    '{"causes": 1, "results": 2, "reports": 3}',
    '{"nodes": {}, "sources": {}, "metadata": {}}',
]
WRITING = """
import os, signal, sys
from pathlib import Path
from orchestration.warehouse.atomic_write import write_atomically
path, at = Path(sys.argv[1]), int(sys.argv[2])
done = 0
def counting(call):
    def counted(*arguments, **options):
        global done
        done += 1
        if done == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **options)
    return counted
for owner, name in ((os, "open"), (os, "fsync"), (os, "close"), (Path, "replace"), (Path, "unlink"),
                    (Path, "mkdir"), (Path, "write_text")):
    setattr(owner, name, counting(getattr(owner, name)))
with write_atomically(path) as unfinished:
    unfinished.write_text("new" * 100_000)
"""


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path / "kept", tmp_path / "landing")
    settings.landing.mkdir()
    (settings.landing / "a.csv").write_text("x")
    return settings


@pytest.mark.parametrize("torn", TORN)
def test_a_torn_note_of_the_last_run_is_none(settings, torn, capsys):
    report = settings.reports / "2026-10-31" / "report.html"
    report.parent.mkdir(parents=True)
    report.write_text("x")
    causes = causes_of(settings, "daily")
    remember(settings, causes, [str(report)])
    assert reports_of_last_run(settings, causes) == [str(report)]
    settings.warehouse.with_suffix(".last_run.json").write_text(torn, errors="surrogateescape")
    assert reports_of_last_run(settings, causes) is None
    assert capsys.readouterr().err.count("\n") <= 1
    remember(settings, causes, [str(report)])
    assert reports_of_last_run(settings, causes) == [str(report)]


@pytest.mark.parametrize(
    "gone", ["customer_health.duckdb", "parquet/marts/a.parquet", "page.duckdb"]
)
def test_nothing_is_new_only_while_every_delivered_file_is_in_place(settings, gone):
    for name in ("customer_health.duckdb", "parquet/marts/a.parquet", "page.duckdb"):
        path = settings.published / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    export = settings.reports / "2026-10-31" / "export.csv"
    export.parent.mkdir(parents=True)
    export.write_text("x")
    report = export.with_name("report.html")
    report.write_text("x")
    causes = causes_of(settings, "daily")
    remember(settings, causes, [str(report)])
    assert reports_of_last_run(settings, causes) == [str(report)]
    (settings.published / gone).unlink()
    assert reports_of_last_run(settings, causes) is None
    remember(settings, causes, [str(report)])
    export.unlink()
    assert reports_of_last_run(settings, causes) is None


@pytest.mark.parametrize("torn", TORN)
def test_a_torn_listing_of_the_publication_is_none(settings, torn):
    listing_of(settings).parent.mkdir(parents=True)
    listing_of(settings).write_text(torn, errors="surrogateescape")
    assert published_listing(settings) is None


@pytest.mark.parametrize("torn", TORN)
def test_a_torn_manifest_is_not_current(settings, tmp_path, torn):
    manifest = prepare_manifest(settings)
    root = tmp_path / "root"
    (root / "dbt_project/target").mkdir(parents=True)
    moved = replace(settings, root=root)
    moved.manifest.write_text(json.dumps(manifest))
    assert is_current(moved)
    moved.manifest.write_text(torn, errors="surrogateescape")
    kept = moved.dbt_target / "partial_parse.msgpack"
    kept.write_bytes(b"what dbt noted beside it")
    assert not is_current(moved)
    assert not kept.exists()


def test_empty_settings_of_dagster_are_written_anew(settings, monkeypatch):
    for name in ("DAGSTER_HOME", "PYTHONPATH", "DAGSTER_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        monkeypatch.setenv(name, "")
    prepare_home(settings.dagster_home)
    file = settings.dagster_home / "dagster.yaml"
    file.write_text("")
    prepare_home(settings.dagster_home)
    assert file.read_text() == DAGSTER_YAML
    assert [path.name for path in settings.dagster_home.glob(".dagster*")] == []


def test_killed_at_any_call_a_file_is_the_old_or_the_new_one(tmp_path):
    path, new = tmp_path / "folder" / "state.json", "new" * 100_000
    seen = set()
    for at in range(1, 40):
        with write_atomically(path) as unfinished:
            unfinished.write_text("old")
        command = [sys.executable, "-c", WRITING, str(path), str(at)]
        ended = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
        content = path.read_text()
        assert content in ("old", new), at
        seen.add((content == new, ended.returncode))
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
    assert {(False, -9), (True, -9), (True, 0)} <= seen
