import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.commands.run import main
from orchestration.execution.noop_check import causes_of, remember, reports_of_last_run
from orchestration.landing.remarks import REFUSALS_SHOWN, remarks
from orchestration.landing.transactions import TableLoad
from orchestration.settings.environment import NAMES, ROOT
from orchestration.warehouse.run_lock import begin_run, end_run
from tests.conftest import run_job, settings_in
from tests.orchestration.part_of_a_run import fingerprints


def environment(settings) -> dict[str, str]:
    return {
        # What the environment leaves out a command would read from somebody's .env.
        **dict.fromkeys(NAMES, ""),
        **os.environ,
        "LANDING": str(settings.landing),
        "WAREHOUSE": str(settings.warehouse),
        "REPORTS": str(settings.reports),
        "PUBLISHED": str(settings.published),
    }


def command(settings, *arguments, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration.commands.run", *arguments],
        cwd=ROOT,
        env={**environment(settings), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_it_says_one_line_for_each_step_and_ends_with_the_report(built):
    verbs = [line.split()[0] for line in built.lines if line and not line.startswith(" ")]
    steps = ["landed", "checked", "built"]
    assert [verb for verb in verbs if verb in {"landed", "built"}] == ["landed", "built"]
    assert [verb for verb in verbs if verb in steps].count("checked") == 4
    assert {"published", "exported", "wrote"} <= set(verbs)
    report = next(line for line in built.lines if line.startswith("Report: "))
    assert Path(report.removeprefix("Report: ")).exists()
    assert Path(built.lines[-1].split("logs: ")[1]).exists()


def test_it_says_which_day_is_built_and_why(built):
    assert "  The day built is 2026-10-31 (UTC), the last full day of events." in built.lines


def test_it_says_in_plain_words_what_was_refused(built):
    warnings = [line for line in built.lines if line.startswith("  ! ")]
    assert any(line.startswith("  ! Refused ") for line in warnings)
    assert any(line.startswith("  ! Quarantined ") for line in warnings)
    assert not any("Traceback" in line or "Dependencies" in line for line in built.lines)


def test_it_says_in_plain_words_what_is_absent_and_shortens_long_lists():
    load = TableLoad("crm", "accounts", refused={f"{n}.csv": "empty" for n in range(12)})
    said = list(remarks([load], ["support/tickets"]))
    assert len([line for line in said if line.startswith("Refused ")]) == REFUSALS_SHOWN + 1
    assert "Refused 2 more files" in said[-2]
    assert said[-1].startswith("Nothing has landed for support/tickets")


def test_it_shows_the_first_facts_of_the_report(built):
    start = next(n for n, line in enumerate(built.lines) if line.startswith("On 2026-10-31"))
    assert built.lines[start + 1].split()[:2] == ["customer", "count"]


def test_a_run_with_nothing_new_says_so_and_shows_the_same_facts(copied, built):
    note = built.settings.warehouse.with_suffix(".last_run.json")
    assert note.exists()
    page = copied.reports / "2026-10-31" / "report.html"
    page.parent.mkdir(parents=True)
    page.touch()
    remember(copied, causes_of(copied, "daily"), [str(page)])
    again = run_job(copied)
    assert again.exit_code == 0
    assert again.lines[1].startswith("Nothing is new since the last run")
    assert any(line.startswith("On 2026-10-31") for line in again.lines)


@pytest.mark.parametrize("change", ["file", "warehouse", "publication", "job", "day"])
def test_whatever_changes_makes_a_run_necessary(copied, tmp_path, change):
    settings = replace(copied, landing=tmp_path / "landing")
    settings.landing.mkdir()
    (settings.landing / "events.jsonl").write_text("{}\n")
    remember(settings, causes_of(settings, "daily"), [])
    assert reports_of_last_run(settings, causes_of(settings, "daily")) == []
    if change == "file":
        (settings.landing / "events.jsonl").write_text("{}\n{}\n")
    elif change == "warehouse":
        settings.warehouse.touch()
    elif change == "publication":
        (settings.published / "manifest.json").unlink()
    elif change == "day":
        settings = replace(settings, as_of="2026-10-30")
    job = "weekly" if change == "job" else "daily"
    assert reports_of_last_run(settings, causes_of(settings, job)) is None


@pytest.mark.parametrize(
    ("zone", "is_same"), [("UTC", True), ("America/Los_Angeles", False), ("Europe/Berlin", True)]
)
def test_a_day_ends_in_the_reporting_time_zone(tmp_path, zone, is_same):
    (tmp_path / "dbt_project").mkdir()
    project = tmp_path / "dbt_project" / "dbt_project.yml"
    project.write_text(f"vars: {{reporting_time_zone: {zone}}}\n")
    settings = replace(settings_in(tmp_path, tmp_path / "landing"), root=tmp_path)
    # At half past seven it is still yesterday in Los Angeles.
    first, second = (datetime(2026, 3, 2, hour, 30, tzinfo=UTC) for hour in (7, 9))
    same = causes_of(settings, "daily", first) == causes_of(settings, "daily", second)
    assert same is is_same


@pytest.mark.parametrize("arguments", [[], ["yearly"], ["daily", "report"]])
def test_an_unknown_command_is_answered_by_the_usage(arguments, capsys):
    assert main(arguments) == 2
    assert "usage: python -m orchestration.commands.run" in capsys.readouterr().err


def test_a_date_that_is_none_is_said_in_one_line(copied):
    process = command(copied, "daily", AS_OF="31.10.2026")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors == ("AS_OF: '31.10.2026' is no date; expected an ISO date such as 2026-10-31.\n")


@pytest.mark.exhaustive
def test_a_day_outside_the_events_is_said_without_a_traceback(copied):
    process = command(copied, "daily", AS_OF="2020-01-01")
    said, errors = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "AS_OF=2020-01-01 cannot be built: events begin on" in errors
    assert "stays in" in errors
    assert "Traceback" not in said + errors


@pytest.mark.exhaustive
def test_a_warehouse_that_another_process_holds_is_said_and_nothing_is_changed(copied):
    before = fingerprints(copied.published)
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(copied.warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        holder.stdout.readline()
        process = command(copied, "daily")
        said, errors = process.communicate(timeout=120)
    finally:
        holder.communicate(b"\n")
    assert process.returncode == 1
    assert "is held by another process, so nothing was changed" in errors
    assert "trying again" in said
    assert "Traceback" not in said + errors
    assert fingerprints(copied.published) == before


def test_a_second_run_waits_for_nobody_and_changes_nothing(copied):
    begin_run(copied.warehouse)
    try:
        process = command(copied, "daily")
        _, errors = process.communicate(timeout=60)
    finally:
        end_run(copied.warehouse)
    assert process.returncode == 1
    assert errors.startswith(f"Another run (process {os.getpid()}) is at work")


@pytest.mark.parametrize(
    ("end", "code"), [("sys.exit", -signal.SIGINT), ("orchestration.commands.run.leave", 130)]
)
def test_an_interrupt_that_was_caught_ends_no_process_by_a_signal(tmp_path, end, code):
    # Libraries make classes from strings; the first case shows what Python does of itself.
    (tmp_path / "interrupted.py").write_text(
        "import sys, orchestration.commands.run\n"
        "try:\n    exec('raise KeyboardInterrupt')\nexcept KeyboardInterrupt:\n    pass\n"
        f"{end}(orchestration.commands.run.STOPPED)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ended.returncode == code


@pytest.mark.exhaustive
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_everything_clean(copied, sign):
    before = fingerprints(copied.published)
    process = command(copied, "daily")
    for line in process.stdout:
        if line.startswith("checked"):
            break
    # Now dbt is at work.
    time.sleep(3)
    process.send_signal(sign)
    said, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert errors.startswith("Stopped.")
    assert "Traceback" not in said + errors
    assert fingerprints(copied.published) == before
    begin_run(copied.warehouse)
    end_run(copied.warehouse)
    with duckdb.connect(str(copied.warehouse)) as connection:
        assert connection.execute("select count(*) from raw.product_events").fetchone()[0] > 0
