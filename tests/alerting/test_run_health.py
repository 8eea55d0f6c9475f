"""Runs that turn bad and good again: told once each, whoever notices."""

from dataclasses import replace
from email import message_from_bytes

import dagster as dg
import pytest

from orchestration.alerting.run_health import AUDIENCE, note_run
from orchestration.sensors import sensors
from orchestration.settings.channels import ChannelSettings
from tests.alerting.outbox import settings_of
from tests.alerting.servers import chat_system, mail_server


def with_mail(settings, box, folder):
    file = folder / "recipients.csv"
    file.write_text(f"recipient,address\n{AUDIENCE},ada@example.com\n")
    channels = ChannelSettings(
        host="localhost",
        port=box.port,
        security="none",
        sender="health@example.com",
        recipients_file=file,
    )
    return replace(settings, channels=channels)


@pytest.fixture
def settings(tmp_path):
    return settings_of(tmp_path)


def test_it_is_told_once_that_runs_are_bad_and_once_that_they_are_good(settings, tmp_path):
    with mail_server() as box:
        told = with_mail(settings, box, tmp_path)
        for succeeded in (True, False, False, False, True, True, False):
            assert note_run(told, "daily", succeeded, ["gate_marts stopped the run."]) == []
    assert [letter["Subject"] for _, letter in box.letters] == [
        "[critical] The daily run failed",
        "[good] The daily run is good again",
        "[critical] The daily run failed",
    ]
    text = box.letters[0][1].get_body(("plain",)).get_content()
    assert "gate_marts stopped the run." in text


def test_what_could_not_be_told_is_told_by_the_next_failure_as_the_same_letter(settings, tmp_path):
    with mail_server() as box:
        told = with_mail(settings, box, tmp_path)
        box.refused = {"ada@example.com": "451 later"}
        (remark,) = note_run(told, "daily", False, ["why"])
        assert "@" not in remark
        box.refused = {}
        assert note_run(told, "daily", False, ["why"]) == []
        assert note_run(told, "daily", False, ["why"]) == []
    assert len(box.letters) == 1


def test_nobody_hears_of_a_recovery_who_did_not_hear_of_the_failure(settings, tmp_path):
    with mail_server() as box:
        told = with_mail(settings, box, tmp_path)
        box.refused = {"ada@example.com": "451 later"}
        note_run(told, "daily", False, ["why"])
        box.refused = {}
        assert note_run(told, "daily", True) == []
    assert box.letters == []


def test_without_a_channel_it_is_a_file(settings):
    note_run(settings, "daily", False, ["line\r\nBcc: x"])
    note_run(settings, "daily", False, ["again"])
    (file,) = (settings.reports / "runs").iterdir()
    assert b"\nBcc:" not in file.read_bytes().split(b"\r\n\r\n")[0]


def test_chat_is_told_too(settings, tmp_path):
    with chat_system() as room:
        webhook = tmp_path / "webhook"
        webhook.write_text(room.url)
        told = replace(settings, channels=ChannelSettings(webhook_file=webhook))
        note_run(told, "daily", False, ["<!channel> why"])
        note_run(told, "daily", True)
    texts = [body["text"] for _, body in room.posts]
    assert len(texts) == 2
    assert "<!channel>" not in texts[0]


@pytest.mark.parametrize(("tags", "files"), [({}, 1), ({"dagster/will_retry": "true"}, 0)])
def test_dagster_tells_after_the_last_try_only(settings, tags, files):
    @dg.op
    def landed_files():
        raise RuntimeError("the disk is on fire")

    @dg.job
    def daily():
        landed_files()

    _, run_failures, _ = sensors(settings)
    with dg.DagsterInstance.ephemeral() as instance:
        result = daily.execute_in_process(instance=instance, raise_on_error=False, tags=tags)
        context = dg.build_run_status_sensor_context(
            sensor_name="run_failures",
            dagster_event=result.get_run_failure_event(),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
        ).for_run_failure()
        run_failures(context)
    assert len(list((settings.reports / "runs").glob("*.eml"))) == files


@pytest.mark.parametrize("other", ["train", "quarterly"])
def test_another_job_says_nothing_of_the_one_that_failed(settings, other):
    assert note_run(settings, "daily", False, ["why"]) == []
    assert note_run(settings, other, True) == []
    assert note_run(settings, other, False, ["why"]) == []
    # The weekly job does what the daily one does.
    assert note_run(settings, "weekly", True) == []
    subjects = [
        message_from_bytes(file.read_bytes())["Subject"]
        for file in (settings.reports / "runs").iterdir()
    ]
    assert sorted(subjects) == [
        "[critical] The daily run failed",
        f"[critical] The {other} run failed",
        "[good] The weekly run is good again",
    ]


def of_a_run(job, succeeds, chosen=()):
    """Return what Dagster's sensor is given of a run, of some assets only where any is chosen."""

    @dg.asset
    def first():
        if not succeeds:
            raise RuntimeError("the disk is on fire")

    @dg.asset
    def second():
        pass

    jobs = [dg.define_asset_job("daily", dg.AssetSelection.all())] if job == "daily" else []
    definitions = dg.Definitions([first, second], jobs=jobs)
    run = (
        definitions.resolve_job_def(job)
        if jobs
        else definitions.resolve_implicit_global_asset_job_def()
    )
    with dg.DagsterInstance.ephemeral() as instance:
        result = run.execute_in_process(
            instance=instance,
            raise_on_error=False,
            asset_selection=[dg.AssetKey(name) for name in chosen] or None,
        )
        kind = "PIPELINE_SUCCESS" if succeeds else "PIPELINE_FAILURE"
        (event,) = result.filter_events(lambda event: event.event_type_value == kind)
        yield dg.build_run_status_sensor_context(
            sensor_name="sensor",
            dagster_event=event,
            dagster_instance=instance,
            dagster_run=result.dagster_run,
        )


@pytest.mark.parametrize(
    ("job", "chosen", "files"),
    [("daily", (), 1), ("daily", ("first",), 0), ("__ASSET_JOB", ("first",), 0)],
)
def test_nobody_is_told_of_a_few_assets_that_somebody_chose(settings, job, chosen, files):
    _, run_failures, _ = sensors(settings)
    for context in of_a_run(job, False, chosen):
        run_failures(context.for_run_failure())
    assert len(list((settings.reports / "runs").glob("*.eml"))) == files


@pytest.mark.parametrize(
    ("job", "chosen", "files"),
    [("daily", (), 2), ("daily", ("first",), 1), ("__ASSET_JOB", ("first",), 1)],
)
def test_a_few_assets_that_went_well_do_not_make_a_failed_job_good(settings, job, chosen, files):
    _, run_failures, run_successes = sensors(settings)
    for context in of_a_run("daily", False):
        run_failures(context.for_run_failure())
    for context in of_a_run(job, True, chosen):
        run_successes(context)
    assert len(list((settings.reports / "runs").glob("*.eml"))) == files


TORN = ["", "{", "[]", '{"state": "bad", "since": null, "told": false}', '{"state": 1}', "\x00"]


@pytest.mark.parametrize("torn", TORN)
def test_a_torn_note_of_it_is_as_good_as_none(settings, torn):
    note = settings.warehouse.with_suffix(".run_health.json")
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(torn)
    assert note_run(settings, "daily", False, ["why"]) == []
    assert len(list((settings.reports / "runs").iterdir())) == 1


def test_where_nothing_can_be_written_it_is_a_remark(settings):
    settings.reports.parent.mkdir(parents=True, exist_ok=True)
    settings.reports.write_text("a file in the place of the folder")
    (remark,) = note_run(settings, "daily", False, ["why"])
    assert "could not be noted or told" in remark
