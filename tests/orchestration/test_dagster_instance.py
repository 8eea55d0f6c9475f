"""Dagster's home: its settings are the operator's, and its record of runs is bounded."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from orchestration.dagster_instance import forget_old_runs, opened_instance, prepare_home
from orchestration.event_log import PooledEventLog
from orchestration.process.log_capture import captured_logs
from tests.conftest import settings_in


@pytest.fixture
def settings(tmp_path, monkeypatch):
    told = ("DAGSTER_HOME", "PYTHONPATH", "DAGSTER_DISABLE_TELEMETRY", "DO_NOT_TRACK")
    for name in (*told, "DAGSTER_EVENT_BATCH_SIZE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    return settings_in(tmp_path / "a folder with 'quotes' and blanks", tmp_path / "landing")


@pytest.fixture
def instance(settings):
    with opened_instance(settings.dagster_home) as opened:
        yield opened


def recorded(instance, body, times=1):
    @dg.op
    def work():
        body()

    @dg.job
    def daily():
        work()

    return [
        daily.execute_in_process(instance=instance, raise_on_error=False).run_id
        for _ in range(times)
    ]


def fail():
    raise RuntimeError("the disk is on fire")


def test_what_dagster_is_first_told_is_understood_by_it(instance):
    assert instance.telemetry_enabled is False
    assert instance.nux_enabled is False
    assert isinstance(instance.event_log_storage, PooledEventLog)
    assert instance.get_settings("concurrency")["runs"]["max_concurrent_runs"] == 1
    assert instance.run_monitoring_enabled
    assert instance.run_monitoring_max_runtime_seconds == 24 * 60 * 60
    assert instance.get_settings("retention")["sensor"]["purge_after_days"]["skipped"] == 7


def test_the_settings_of_the_operator_are_never_written_over(settings):
    prepare_home(settings.dagster_home)
    file = settings.dagster_home / "dagster.yaml"
    mine = file.read_text().replace("default_limit: 1", "default_limit: 2") + "# mine\n"
    file.write_text(mine)
    prepare_home(settings.dagster_home)
    with opened_instance(settings.dagster_home) as instance:
        assert instance.get_settings("concurrency")["pools"]["default_limit"] == 2
    assert file.read_text() == mine


def test_settings_that_were_taken_away_come_back_as_they_were_first_written(settings):
    prepare_home(settings.dagster_home)
    file = settings.dagster_home / "dagster.yaml"
    first = file.read_text()
    file.unlink()
    prepare_home(settings.dagster_home)
    assert file.read_text() == first


def test_a_home_that_moved_with_its_folder_is_where_it_is(settings, tmp_path):
    with opened_instance(settings.dagster_home) as instance:
        (run,) = recorded(instance, lambda: None)
    moved = replace(settings, warehouse=tmp_path / "moved" / "warehouse.duckdb")
    settings.warehouse.parent.rename(moved.warehouse.parent)
    with opened_instance(moved.dagster_home) as instance:
        assert [one.run_id for one in instance.get_runs()] == [run]
    assert not settings.warehouse.parent.exists()


def test_the_newest_runs_stay_and_older_ones_leave_nothing(instance):
    runs = [*recorded(instance, lambda: None, 2), *recorded(instance, fail), *recorded(
        instance, lambda: None)]  # fmt: skip
    assert forget_old_runs(instance, 2) == 2
    assert [run.run_id for run in instance.get_runs()] == runs[:1:-1]
    assert [bool(instance.all_logs(run)) for run in runs] == [False, False, True, True]
    assert forget_old_runs(instance, 2) == 0


def test_a_run_that_is_at_work_is_never_deleted(instance):
    @dg.job
    def daily():
        pass

    working = instance.create_run_for_job(daily, status=dg.DagsterRunStatus.STARTED).run_id
    (done,) = recorded(instance, lambda: None)
    assert forget_old_runs(instance, 0) == 1
    assert [run.run_id for run in instance.get_runs()] == [working] != [done]


def test_a_run_of_which_nothing_was_heard_for_a_week_was_killed(instance):
    @dg.job
    def daily():
        pass

    instance.create_run_for_job(daily, status=dg.DagsterRunStatus.STARTED)
    now = datetime.now(UTC)
    assert forget_old_runs(instance, 0, now + timedelta(days=6)) == 0
    assert forget_old_runs(instance, 0, now + timedelta(days=8)) == 1
    assert not instance.get_runs()


@pytest.mark.parametrize("kept", [1, 3])
def test_as_many_logs_as_runs_are_kept(settings, kept):
    written = []
    for _ in range(5):
        with captured_logs(settings.logs, kept) as log:
            written.append(Path(log))
    assert sorted(settings.logs.glob("run-*.log")) == written[-kept:]
