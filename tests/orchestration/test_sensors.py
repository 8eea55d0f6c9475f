import json
import os
import subprocess
import sys
from datetime import timedelta

import dagster as dg
import pytest

from orchestration import sensors as of_sensors
from orchestration.landing.landed_state import landing_state, remember_landed
from orchestration.sensors import record_failure, sensors
from orchestration.settings.environment import ROOT, Settings


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "landing").mkdir()
    return Settings(
        landing=tmp_path / "landing",
        warehouse=tmp_path / "warehouse.duckdb",
        reports=tmp_path / "reports",
        published=tmp_path / "published",
    )


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as opened:
        yield opened


@pytest.fixture
def tick(settings, instance):
    """Let the sensor look once; return the keys of the runs that it asks for."""
    landing_files, *_ = sensors(settings)
    cursor = None

    def look():
        nonlocal cursor
        done = landing_files.evaluate_tick(
            dg.build_sensor_context(instance=instance, cursor=cursor)
        )
        cursor = done.cursor
        return [one.run_key for one in done.run_requests]

    return look


def load(settings):
    """Do what a run does once all that lies there is loaded."""
    settings.warehouse.touch()
    remember_landed(settings.warehouse, landing_state(settings.landing))


def recorded(instance, status, job="daily"):
    return instance.create_run_for_job(dg.GraphDefinition(name=job).to_job(), status=status).run_id


@pytest.fixture
def file(settings):
    file = settings.landing / "events.jsonl"
    file.write_text("{}\n")
    return file


def test_an_empty_landing_folder_starts_nothing(tick):
    assert tick() == tick() == []


def test_a_new_file_starts_one_run_once_it_holds_still_and_no_second(settings, tick, file):
    assert tick() == []
    assert len(tick()) == 1
    load(settings)
    assert tick() == tick() == []


def test_a_file_that_grows_starts_one_run_when_it_is_done(settings, tick, file):
    for lines in range(2, 6):
        assert tick() == []
        file.write_text("{}\n" * lines)
    assert tick() == []
    assert len(tick()) == 1


def test_files_that_become_what_they_were_start_a_run_of_their_own(settings, tick, file):
    os.utime(file, (1, 1))
    keys = []
    for text, time in (("{}\n", 1), ("{}\n{}\n", 2), ("{}\n", 1)):
        file.write_text(text)
        os.utime(file, (time, time))
        keys += [*tick(), *tick()]
        load(settings)
    assert len(keys) == len(set(keys)) == 3


def test_what_a_run_did_not_load_is_asked_for_again_and_not_for_ever(settings, tick, file):
    keys = [key for _ in range(9) for key in tick()]
    assert len(keys) == len(set(keys)) == 3
    file.write_text("{}\n{}\n")
    assert tick() == []
    assert len(tick()) == 1


def test_while_another_process_has_the_warehouse_no_run_is_asked_for_and_none_is_lost(
    settings, tick, file
):
    hold = "import sys, pathlib, orchestration.warehouse.run_lock as lock; "
    hold += "lock.begin_run(pathlib.Path(sys.argv[1])); print(1, flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(settings.warehouse)], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        holder.stdout.readline()
        assert [key for _ in range(5) for key in tick()] == []
    finally:
        holder.communicate(b"\n")
    assert len(tick()) == 1


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTED])
def test_while_a_run_that_loads_waits_or_begins_no_second_one_is_asked_for(
    instance, tick, file, status
):
    run = recorded(instance, status)
    assert [key for _ in range(5) for key in tick()] == []
    instance.delete_run(run)
    recorded(instance, dg.DagsterRunStatus.FAILURE)
    recorded(instance, status, job="train")
    assert len(tick()) == 1


def test_a_run_that_was_killed_long_ago_holds_nothing_up(instance, tick, file, monkeypatch):
    recorded(instance, dg.DagsterRunStatus.STARTED)
    assert tick() == tick() == []
    monkeypatch.setattr(of_sensors, "BEGINS_WITHIN", timedelta(0))
    assert len(tick()) == 1


def test_a_cursor_of_an_older_version_is_begun_anew(settings, instance, file):
    landing_files, *_ = sensors(settings)
    for cursor in ("0123456789abcdef", '{"else": 1}', "[1]", "null", "{"):
        context = dg.build_sensor_context(instance=instance, cursor=cursor)
        done = landing_files.evaluate_tick(context)
        assert done.run_requests == []
        assert json.loads(done.cursor)["state"] == landing_state(settings.landing)


def test_a_file_that_is_still_being_copied_under_a_hidden_name_is_waited_for(settings, tick):
    (settings.landing / ".events.jsonl.part").write_text("{")
    assert tick() == tick() == []


def test_a_failed_run_leaves_one_line_that_says_why(settings):
    @dg.op
    def landed_files():
        raise RuntimeError("the disk is on fire")

    @dg.job
    def daily():
        landed_files()

    _, run_failures, _ = sensors(settings)
    with dg.DagsterInstance.ephemeral() as instance:
        result = daily.execute_in_process(instance=instance, raise_on_error=False)
        event = result.filter_events(lambda e: e.event_type_value == "PIPELINE_FAILURE")[0]
        context = dg.build_run_status_sensor_context(
            sensor_name="run_failures",
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            dagster_event=event,
        ).for_run_failure()
        run_failures(context)
    lines = (settings.logs / "failures.log").read_text().splitlines()
    assert len(lines) == 1
    assert "daily failed: landed_files stopped the run. the disk is on fire" in lines[0]


def test_a_reason_of_many_lines_stays_one_line(settings):
    record_failure(settings.logs, "daily", ["first\nsecond", "third"])
    assert len((settings.logs / "failures.log").read_text().splitlines()) == 1
