"""Dagster's log of events: what comes together is written together, and asks the file once."""

import os

import dagster as dg
import pytest
import sqlalchemy

from orchestration.dagster_instance import forget_old_runs, opened_instance
from orchestration.event_log import written_together


@pytest.fixture
def instance(tmp_path, monkeypatch):
    told = ("DAGSTER_HOME", "PYTHONPATH", "DAGSTER_DISABLE_TELEMETRY", "DO_NOT_TRACK")
    for name in (*told, "DAGSTER_EVENT_BATCH_SIZE"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    with opened_instance(tmp_path / "dagster") as opened:
        yield opened


@pytest.fixture
def commits(instance):
    """Return a list that grows by one with each commit of the log."""
    seen = []
    sqlalchemy.event.listen(instance.event_log_storage.pool, "commit", seen.append)
    return seen


def report(instance, *names):
    for name in names:
        instance.report_runless_asset_event(dg.AssetMaterialization(name))


def known(instance):
    return {key.path[-1] for key in instance.all_asset_keys()}


def test_an_event_and_what_follows_from_it_are_one_commit(instance, commits):
    report(instance, "usage")
    assert len(commits) == 1
    assert known(instance) == {"usage"}


def test_events_that_come_together_are_one_commit(instance, commits):
    with written_together(instance):
        report(instance, "usage", "sessions", "tickets")
        assert commits == []
    assert len(commits) == 1
    assert known(instance) == {"usage", "sessions", "tickets"}


def test_what_fails_in_between_leaves_no_half_of_them_and_the_log_goes_on(instance):
    def build():
        with written_together(instance):
            report(instance, "usage")
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        build()
    assert known(instance) == set()
    report(instance, "sessions")
    assert known(instance) == {"sessions"}


def test_what_a_run_intends_to_make_is_written_before_it_begins_in_few_commits(instance, commits):
    @dg.multi_asset(specs=[dg.AssetSpec(f"table_{number}") for number in range(50)])
    def build():
        for number in range(50):
            yield dg.MaterializeResult(asset_key=f"table_{number}")

    with written_together(instance):
        assert dg.materialize([build], instance=instance).success
    planned = instance.get_records_for_run(
        instance.get_run_ids()[0], of_type=dg.DagsterEventType.ASSET_MATERIALIZATION_PLANNED
    ).records
    assert len(planned) == 50
    assert len(commits) < 25


def test_a_log_of_another_kind_is_written_as_it_likes():
    with dg.DagsterInstance.ephemeral() as instance, written_together(instance):
        report(instance, "usage")
        assert known(instance) == {"usage"}


def kinds_of(instance, run_id):
    records = instance.get_records_for_run(run_id).records
    return {record.event_log_entry.dagster_event_type for record in records} - {None}


def test_of_older_runs_what_was_made_stays_and_what_was_only_planned_goes(instance):
    @dg.asset
    def usage():
        return 1

    for _ in range(3):
        assert dg.materialize([usage], instance=instance).success
    newest, *older = instance.get_run_ids()
    whole = kinds_of(instance, newest)
    pages = "select page_count - freelist_count from pragma_page_count, pragma_freelist_count"
    with instance.event_log_storage.pool.connect() as connection:
        before = connection.exec_driver_sql(pages).scalar()
    assert forget_old_runs(instance, 90) == 0
    planned = {
        dg.DagsterEventType.ASSET_MATERIALIZATION_PLANNED, dg.DagsterEventType.STEP_OUTPUT,
        dg.DagsterEventType.HANDLED_OUTPUT,
    }  # fmt: skip
    assert planned <= whole == kinds_of(instance, newest)
    for run_id in older:
        assert kinds_of(instance, run_id) == whole - planned
    assert instance.get_latest_materialization_event(dg.AssetKey("usage")).run_id == newest
    made = instance.fetch_materializations(dg.AssetKey("usage"), limit=10).records
    assert [record.run_id for record in made] == [newest, *older]
    assert instance.event_log_storage.forget_progress(older) == 0
    with instance.event_log_storage.pool.connect() as connection:
        assert connection.exec_driver_sql(pages).scalar() <= before


def test_room_that_is_more_than_half_of_the_file_is_given_back(instance):
    log = instance.event_log_storage
    with log.pool.begin() as connection:
        connection.exec_driver_sql("create table filler (text varchar)")
        connection.exec_driver_sql("insert into filler select hex(randomblob(2000000))")
        connection.exec_driver_sql("drop table filler")
    with log.pool.connect() as connection:
        assert connection.exec_driver_sql("pragma freelist_count").scalar() > 500
    log.forget_progress([])
    with log.pool.connect() as connection:
        assert connection.exec_driver_sql("pragma freelist_count").scalar() == 0
