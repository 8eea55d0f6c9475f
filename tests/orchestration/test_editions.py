"""A past edition is made on a copy, as of the last day of its week or month."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import duckdb
import pytest

from orchestration.assets import editions
from orchestration.assets.editions import EditionError, edition_assets, run_report
from orchestration.resources import resources
from orchestration.settings.environment import NAMES, ROOT, Settings
from orchestration.warehouse.run_lock import begin_run, end_run
from tests.conftest import settings_in

UTC_ZONE = ZoneInfo("UTC")
LATEST = "today's page"


@pytest.fixture
def settings(tmp_path):
    settings = replace(settings_in(tmp_path, tmp_path / "landing"), known_on=date(2026, 10, 30))
    settings.warehouse.parent.mkdir(parents=True)
    settings.warehouse.write_text("today's warehouse")
    settings.reports.mkdir()
    (settings.reports / "latest.html").write_text(LATEST)
    yield settings
    end_run(settings.warehouse)


@pytest.fixture
def held():
    """Return whether the warehouse of today was held while each edition was made."""
    return []


@pytest.fixture
def asked(monkeypatch, settings, held):
    """Return the settings of each run, which writes a page in place of building one."""
    found = []

    def write_a_page(environment):
        of_the_run = Settings.from_environment(environment)
        assert of_the_run.warehouse.read_text() == "today's warehouse"
        held.append(is_held_by_another(settings.warehouse))
        found.append(of_the_run)
        page = of_the_run.reports / environment["AS_OF"] / "report.html"
        page.parent.mkdir(parents=True)
        page.write_text("a past page")
        (of_the_run.reports / "latest.html").write_text("a past page")

    monkeypatch.setattr(editions, "run_report", write_a_page)
    return found


def is_held_by_another(warehouse):
    """Return what another process finds."""
    ask = "import sys, pathlib, orchestration.warehouse.run_lock as lock; "
    ask += "sys.exit(lock.is_held_elsewhere(pathlib.Path(sys.argv[1])))"
    return bool(subprocess.run([sys.executable, "-c", ask, str(warehouse)], cwd=ROOT).returncode)


def make(settings, cadence, partition, zone=UTC_ZONE, **config):
    (asset,) = [one for one in edition_assets(zone) if one.key.path[-1] == cadence]
    run_config = {"ops": {f"edition__{cadence}": {"config": config}}} if config else None
    return dg.materialize(
        [asset], partition_key=partition, resources=resources(settings), run_config=run_config
    )


@pytest.mark.parametrize(
    ("cadence", "partition", "day"),
    [
        ("weekly", "2026-08-03", date(2026, 8, 9)),
        ("monthly", "2026-08-01", date(2026, 8, 31)),
        ("monthly", "2024-02-01", date(2024, 2, 29)),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Auckland"])
def test_an_edition_is_of_the_last_day_of_its_week_or_month(
    settings, asked, cadence, partition, day, zone
):
    assert make(settings, cadence, partition, ZoneInfo(zone)).success
    assert [one.as_of for one in asked] == [day]
    page = settings.reports / "editions" / cadence / str(day) / "report.html"
    assert page.read_text() == "a past page"


def test_a_week_can_be_made_again_once_it_is_over_where_days_end():
    weekly, _ = edition_assets(ZoneInfo("America/Los_Angeles"))
    week = weekly.partitions_def.time_window_for_partition_key("2026-08-03")
    assert week.end.timestamp() == datetime(2026, 8, 10, 7, tzinfo=UTC).timestamp()


def test_nothing_of_today_changes_and_the_copy_is_gone(settings, asked):
    make(settings, "weekly", "2026-08-03")
    (run,) = asked
    assert not {run.warehouse, run.published, run.reports} & {
        settings.warehouse, settings.published, settings.reports,
    }  # fmt: skip
    assert settings.warehouse.read_text() == "today's warehouse"
    assert (settings.reports / "latest.html").read_text() == LATEST
    assert not run.warehouse.exists()


def test_what_a_killed_run_wrote_ahead_is_copied_too(settings, monkeypatch):
    # A run in a process that is killed leaves rows that stand in the log beside the file alone.
    settings.warehouse.unlink()
    writes = "import duckdb, os, sys; connection = duckdb.connect(sys.argv[1]); "
    writes += "connection.execute('create table rows as select 1 as row_id'); os._exit(0)"
    subprocess.run([sys.executable, "-c", writes, str(settings.warehouse)], check=True)
    assert settings.warehouse.with_name("warehouse.duckdb.wal").exists()
    found = []

    def look(environment):
        with duckdb.connect(environment["WAREHOUSE"]) as connection:
            found.extend(connection.execute("from rows").fetchall())
        raise EditionError("seen")

    monkeypatch.setattr(editions, "run_report", look)
    with pytest.raises(EditionError, match="seen"):
        make(settings, "weekly", "2026-08-03")
    assert found == [(1,)]


def test_others_may_work_on_the_warehouse_while_an_edition_is_made(settings, asked, held):
    make(settings, "weekly", "2026-08-03")
    assert held == [False]


def test_a_run_that_had_the_warehouse_before_keeps_it(settings, asked, held):
    begin_run(settings.warehouse)
    make(settings, "weekly", "2026-08-03")
    assert held == [True]
    assert is_held_by_another(settings.warehouse)


def test_it_knows_what_today_knows_unless_it_is_to_know_no_more_than_then(settings, asked):
    make(settings, "weekly", "2026-08-03")
    make(settings, "weekly", "2026-08-03", as_known_then=True)
    assert [one.known_on for one in asked] == [date(2026, 10, 30), date(2026, 8, 9)]


def test_every_setting_of_the_run_is_given_to_it(settings, monkeypatch):
    given = []
    monkeypatch.setattr(editions, "run_report", lambda environment: given.append(environment))
    with pytest.raises(FileNotFoundError):
        make(settings, "weekly", "2026-08-03")
    # What is kept for how long is nothing to a run whose folder is deleted.
    assert set(given[0]) == {name for name in NAMES if not name.startswith(("RUNS_KEPT", "KEEP_"))}


def test_an_edition_that_cannot_be_made_says_what_its_run_said_and_leaves_nothing(
    settings, tmp_path
):
    with pytest.raises(EditionError, match=r"(?s)No edition was made.*AS_OF: '31.10.2026' is no"):
        run_report({"AS_OF": "31.10.2026"})
    before = sorted(tmp_path.rglob("*"))
    missing = {"WAREHOUSE": str(tmp_path / "none" / "w.duckdb"), "LANDING": str(Path(__file__))}
    with pytest.raises(EditionError, match="is a file"):
        run_report(missing)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_edition_that_cannot_be_made_names_no_log_that_goes_with_its_folder(monkeypatch):
    ended = subprocess.CompletedProcess(
        [], 1, "80 s in all; logs: /x/run.log\n\nwhy\n", "and how\n"
    )
    monkeypatch.setattr(editions.subprocess, "run", lambda *_, **__: ended)
    with pytest.raises(EditionError) as found:
        run_report({})
    assert str(found.value).splitlines() == ["No edition was made.", "why", "and how"]
