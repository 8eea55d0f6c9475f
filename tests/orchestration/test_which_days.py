"""Which days a build builds anew, and why: a sentence that names what was changed or has landed."""

import logging
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from orchestration.dbt_runner.build_state import (
    first_day_to_rebuild,
    what_reaches_back,
    why_full,
)
from orchestration.dbt_runner.in_process import invoke
from orchestration.execution.progress import Progress
from tests.orchestration.test_first_affected_days import arrive


def change(settings, *statements):
    with duckdb.connect(str(settings.warehouse)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_first_run_says_why_it_builds_all_days(built):
    said = [line for line in built.lines if "built anew" in line]
    assert said == [
        "  All days are built anew: nothing was built before, or the last build did not end."
    ]


def test_of_what_is_logged_besides_warnings_only_the_days_are_said():
    said = []
    progress = Progress(said.append)
    days = "Days from 2026-11-01 on are built anew: so far back reaches product/events."
    for text in ("op 'models' did not yield or return expected outputs {'seeds__a'}.", days):
        record = logging.LogRecord("dagster", logging.INFO, "", 0, text, (), None)
        record.dagster_meta = {"orig_message": text, "step_key": "models"}
        progress.emit(record)
    assert said == [f"  {days}"]


def test_where_nothing_was_changed_nothing_asks_for_all_days(copied):
    assert why_full(copied) is None


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("delete from raw.last_build", "nothing was built before, or the last build did not end"),
        (
            "update raw.last_build set cause = '0123456789abcdef'",
            "not the same as in the last build: the version of this project",
        ),
        (
            "update raw.run_parameters set late_days = late_days + 1",
            "not the same as in the last build: settings of the run (KNOWN_ON, days that are late)",
        ),
        (
            "update raw.last_build set as_of_date = date '2027-01-01'",
            "the last build was of a later day, 2027-01-01",
        ),
        (
            "delete from raw.loads where load_id = (select min(load_id) from raw.loads "
            "where refusal is null)",
            "what 1 file(s) had told is told otherwise now, or no more",
        ),
    ],
)
def test_what_asks_for_all_days_is_named(copied, statement, why):
    change(copied, statement)
    assert why_full(copied) == why


def test_what_was_changed_of_the_project_is_named_by_its_folder(copied, tmp_path):
    (tmp_path / "key").write_text("k" * 40)
    changed = replace(copied, pseudonym_key_file=tmp_path / "key")
    change(
        copied,
        "update raw.last_build set cause = "
        'json_merge_patch(cause, \'{"dbt_project/seeds": "another"}\')',
    )
    assert why_full(changed) == (
        "not the same as in the last build: dbt_project/seeds, the key of the pseudonyms"
    )


def asked_for_the_window(settings, folder):
    command = ["run", "--select", "int_first_affected_days int_rebuild_window"]
    result = invoke(settings, command, folder / "dbt", lambda event: None)
    assert result.success
    return what_reaches_back(settings, first_day_to_rebuild(settings))


def test_a_later_day_without_a_file_reaches_back_to_no_earlier_one(copied, tmp_path):
    change(copied, "update raw.run_parameters set as_of_date = as_of_date + 1")
    assert asked_for_the_window(copied, tmp_path) == (
        "Days from 2026-11-01 on are built anew: no file tells more of earlier ones."
    )


def with_an_event_of(day, settings):
    with duckdb.connect(str(settings.warehouse)) as connection:
        arrive(
            connection,
            "product_events",
            "event_id is not null and user_id is not null",
            event_id="'arrived-late'",
            event_ts=f"timestamp '{day} 23:30'",
        )
    return settings


def test_what_reaches_back_is_named(copied, tmp_path):
    said = asked_for_the_window(with_an_event_of("2026-09-01", copied), tmp_path)
    assert said.startswith("Days from 2026-0")
    assert said.endswith(" on are built anew: so far back reaches product/events.")


def test_a_table_that_reaches_back_to_the_first_day_is_named(copied, tmp_path):
    assert asked_for_the_window(with_an_event_of("2020-01-01", copied), tmp_path) == (
        "All days are built anew: what is new in product/events can change each of them."
    )
    assert "nothing says which" in what_reaches_back(copied, None)
    assert first_day_to_rebuild(copied) <= date(2020, 1, 1)
