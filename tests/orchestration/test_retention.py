"""What is older than the settings let it be is cleared, and what figures need is not."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from orchestration.landing.tables import ensure_books
from orchestration.retention import clear_old
from orchestration.settings.environment import Settings, SettingsError
from orchestration.warehouse.connection import Warehouse
from tests.conftest import settings_in

TODAY = date(2026, 11, 28)
REASON = 'required column id is not a timestamp: "what somebody said"'


@pytest.fixture
def settings(tmp_path):
    settings = settings_in(tmp_path / "kept", tmp_path / "landing")
    with Warehouse.of(settings).writing() as connection:
        ensure_books(connection)
        for load, day in (("old", "2026-08-01"), ("new", "2026-11-20")):
            connection.execute(
                "insert into raw.loads by name select ? as load_id, ?::timestamp as loaded_at",
                [load, day],
            )
            connection.execute(
                "insert into raw.quarantine by name select ? as load_id, 3 as line_number, "
                "? as reason, 'a text' as line",
                [load, REASON],
            )
    for name in ("2026-01-31", "2026-11-27", "2026-13-01", "mine"):
        (settings.reports / name).mkdir(parents=True)
        (settings.reports / name / "report.html").write_text("x")
    return settings


def quarantined(settings) -> list[tuple]:
    with Warehouse.of(settings).reading() as connection:
        return connection.execute(
            "select load_id, line_number, reason, line from raw.quarantine order by load_id desc"
        ).fetchall()


def test_nothing_is_cleared_unless_somebody_says_so(settings):
    before = quarantined(settings)
    assert list(clear_old(settings, TODAY)) == []
    assert quarantined(settings) == before
    assert len(list(settings.reports.iterdir())) == 4


def test_texts_of_refused_lines_go_and_what_is_counted_stays(settings):
    kept = replace(settings, keep_quarantine_days=30)
    [said] = clear_old(kept, TODAY)
    assert said.startswith("Cleared the texts of 1 refused lines")
    assert quarantined(settings) == [
        ("old", 3, "required column id is not a timestamp", None),
        ("new", 3, REASON, "a text"),
    ]
    assert list(clear_old(kept, TODAY)) == []


def test_reports_of_old_days_go_and_other_folders_stay(settings):
    [said] = clear_old(replace(settings, keep_reports_days=90), TODAY)
    assert "the reports of 1 days, the last of them 2026-01-31" in said
    assert sorted(path.name for path in settings.reports.iterdir()) == [
        "2026-11-27", "2026-13-01", "mine",
    ]  # fmt: skip


def test_the_day_that_is_published_is_never_too_old(settings):
    listing = settings.published / "manifest.json"
    listing.parent.mkdir()
    listing.write_text('{"run_id": "a", "as_of": "2026-01-31", "tables": {}}')
    # A past day or a past edition that somebody asked for, or a company whose events have ended.
    assert list(clear_old(replace(settings, keep_reports_days=90), TODAY)) == []
    assert (settings.reports / "2026-01-31" / "report.html").exists()


def test_raw_rows_are_refused_with_the_reason():
    with pytest.raises(SettingsError, match=r"cannot be cleared by age.*made of them anew"):
        Settings.from_environment({"KEEP_RAW_DAYS": "400"})


def test_old_letters_about_runs_go_with_the_reports(settings):
    letters = settings.reports / "runs"
    letters.mkdir()
    for name, day in (("old", 1), ("new", 20)):
        path = letters / f"run-{name}-bad.eml"
        path.write_text("x")
        moment = datetime(2026, 11 if name == "new" else 8, day, tzinfo=UTC).timestamp()
        os.utime(path, (moment, moment))
    said = list(clear_old(replace(settings, keep_reports_days=30), TODAY))
    assert [path.name for path in letters.iterdir()] == ["run-new-bad.eml"]
    assert any("1 letters about runs" in text for text in said)
