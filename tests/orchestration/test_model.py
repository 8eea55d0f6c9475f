"""The command for people who edit a model: what it builds, and what it says."""

from datetime import date

import duckdb
import pytest

from orchestration.commands.model import ModelError, build_models, main, told, with_readers
from orchestration.settings.environment import Settings
from orchestration.warehouse.run_lock import begin_run
from tests.cases.built import asking, build, relation, write_landing
from tests.conftest import settings_in

MODEL, READER = "int_performance_deduplicated", "int_samples_summed_to_days"


def node(name, materialized="table", kind="model"):
    return {
        "unique_id": f"{kind}.p.{name}",
        "name": name,
        "resource_type": kind,
        "config": {"materialized": materialized},
    }


FAMILY = {
    "nodes": {
        one["unique_id"]: one
        for one in [
            *(node("usage"), node("metric_mau", "ephemeral"), node("metrics"), node("summary")),
            node("grain_of_usage", kind="test"),
        ]
    },
    "child_map": {
        "model.p.usage": ["model.p.metric_mau", "test.p.grain_of_usage", "exposure.p.page"],
        "model.p.metric_mau": ["model.p.metrics"],
        "model.p.metrics": ["model.p.summary"],
        "model.p.summary": [],
    },
}


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["metrics"], ["metrics", "summary"]),
        (["summary"], ["summary"]),
        (["metric_mau"], ["metric_mau", "metrics"]),
        # What reads it only through a member of a family is built, too: the member is no table.
        (["usage"], ["usage", "metric_mau", "metrics"]),
        (["metrics", "usage"], ["metrics", "usage", "summary", "metric_mau"]),
    ],
)
def test_what_reads_a_model_is_built_with_it_and_nothing_further_on(names, chosen):
    assert with_readers(FAMILY, names) == chosen


def test_a_name_that_is_no_model_is_answered_by_the_nearest_ones():
    with pytest.raises(ModelError, match=r"metric_muu is no model .* Did you mean metric_mau"):
        with_readers(FAMILY, ["usage", "metric_muu"])


def test_a_new_metric_that_is_in_no_list_is_said_to_be_read_by_nobody():
    assert next(told([])).startswith("no table was asked for")


def test_without_a_name_it_says_how_it_is_used(capsys):
    assert main([""]) == 2
    assert capsys.readouterr().err.startswith("usage: make model M=")


def test_without_a_warehouse_nothing_is_made(tmp_path):
    settings = settings_in(tmp_path, tmp_path)
    with pytest.raises(ModelError, match=r"no warehouse at .*Run make run"):
        build_models(settings, [MODEL])
    assert not settings.warehouse.exists()


def test_a_file_without_a_run_behind_it_is_named(tmp_path):
    settings = settings_in(tmp_path, tmp_path)
    settings.warehouse.parent.mkdir()
    duckdb.connect(str(settings.warehouse)).close()
    with pytest.raises(ModelError, match="was not built by a run of this version"):
        build_models(settings, [MODEL])


@pytest.fixture(scope="module")
def partly_built(tmp_path_factory) -> Settings:
    folder = tmp_path_factory.mktemp("model")
    event = {
        "event_id": "1",
        "event_name": "report_created",
        "event_ts": "2026-01-01T10:00:00Z",
        "user_id": "u1",
        "account_id": "a1",
    }
    landing = write_landing(folder / "landing", {"product/events": [event]})
    return build(folder, landing, [READER], date(2026, 1, 31))


def test_it_builds_the_model_and_its_reader_with_their_tests(partly_built, capsys):
    ask = asking(partly_built)
    days = ask(f"select count(*) from {relation(READER)}")
    with duckdb.connect(str(partly_built.warehouse)) as connection:
        connection.execute(f"delete from {relation(READER)}")
        connection.execute("update raw.last_build set cause = 'a'")
    assert build_models(partly_built, [MODEL]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in said if line.startswith("built ")] == [MODEL, READER]
    assert any(line.endswith(" unit tests passed") and line[0] != "0" for line in said)
    assert any(line.endswith(" data tests passed") and line[0] != "0" for line in said)
    # All days of it, also of what keeps its days.
    assert ask(f"select count(*) from {relation(READER)}") == days
    # The project is not what was built, so the next run builds everything.
    assert ask("select count(*) from raw.last_build") == [(0,)]


def test_while_a_run_is_at_work_nothing_is_built(partly_built, monkeypatch, capsys):
    begin_run(partly_built.warehouse)
    monkeypatch.setattr("orchestration.warehouse.run_lock._held", {})
    monkeypatch.setattr(Settings, "from_environment", classmethod(lambda cls: partly_built))
    monkeypatch.setattr("orchestration.commands.run.remember_interrupts", lambda: None)
    assert main([MODEL]) == 1
    assert "is at work on" in capsys.readouterr().err
