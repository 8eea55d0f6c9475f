"""Dagster's log of events: what comes together is written together, and asks the file once."""

import os

import dagster as dg
import pytest
import sqlalchemy

from orchestration.dagster_instance import opened_instance
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
