import dagster as dg
import pytest

from orchestration.sensors import record_failure, sensors
from orchestration.settings.environment import Settings


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "landing").mkdir()
    return Settings(
        landing=tmp_path / "landing",
        warehouse=tmp_path / "warehouse.duckdb",
        reports=tmp_path / "reports",
        published=tmp_path / "published",
    )


def tick(settings, cursor=None):
    landing_files, *_ = sensors(settings)
    with dg.DagsterInstance.ephemeral() as instance:
        context = dg.build_sensor_context(instance=instance, cursor=cursor)
        return landing_files.evaluate_tick(context)


def test_an_empty_landing_folder_starts_nothing(settings):
    assert tick(settings).run_requests == []


def test_a_new_file_starts_one_run_and_no_second(settings):
    (settings.landing / "events.jsonl").write_text("{}\n")
    first = tick(settings)
    assert len(first.run_requests) == 1
    assert tick(settings, first.cursor).run_requests == []


def test_a_changed_file_starts_another_run(settings):
    file = settings.landing / "events.jsonl"
    file.write_text("{}\n")
    first = tick(settings)
    file.write_text("{}\n{}\n")
    second = tick(settings, first.cursor)
    assert len(second.run_requests) == 1
    assert second.run_requests[0].run_key != first.run_requests[0].run_key


def test_a_file_that_is_still_being_copied_under_a_hidden_name_is_waited_for(settings):
    (settings.landing / ".events.jsonl.part").write_text("{")
    assert tick(settings).run_requests == []


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
