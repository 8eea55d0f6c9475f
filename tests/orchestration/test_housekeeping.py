"""What each run does last, whoever starts it: the schedules of Dagster as well as the command."""

from collections import namedtuple
from dataclasses import replace

import dagster as dg
import pytest

from orchestration.warehouse import disk_space
from orchestration.warehouse.connection import Warehouse
from tests.orchestration.part_of_a_run import run_part

pytestmark = pytest.mark.exhaustive

# What the jobs do after the publication, but for the files of reports and exports.
END_OF_A_RUN = dg.AssetSelection.key_prefixes("delivery")
OLD, BUILT = "2020-01-05", "2026-10-31"
FIRST, LAST = "2026-05-30", "2026-08-28"


@pytest.fixture
def settings(copied, tmp_path):
    """Return settings of the built company with an old report, and a landing folder of its own."""
    (tmp_path / "landing").mkdir()
    for day in (OLD, BUILT):
        (copied.reports / day).mkdir(parents=True)
        (copied.reports / day / "report.html").write_text("x")
    with Warehouse.of(copied).writing() as connection:
        connection.execute("update raw.loads set loaded_at = timestamp '2020-01-05'")
        connection.execute(
            "update reports.rpt_reference_quarter set "
            f"is_first = true, first_date = '{FIRST}', last_date = '{LAST}'"
        )
    return replace(
        copied, landing=tmp_path / "landing", keep_reports_days=5, keep_quarantine_days=5
    )


def texts_left(settings):
    with Warehouse.of(settings).reading() as connection:
        query = "select count(*) from raw.quarantine where line is not null"
        return connection.execute(query).fetchone()[0]


def test_a_run_that_dagster_starts_clears_what_is_old_and_draws_the_first_references(settings):
    assert texts_left(settings) > 0
    result, why = run_part(settings, [], END_OF_A_RUN)
    assert result.success, why
    assert not (settings.reports / OLD).exists()
    # The company's events ended a month ago and five days are kept: what was built last stays.
    assert (settings.reports / BUILT / "report.html").exists()
    assert texts_left(settings) == 0
    references = settings.landing.glob("catalogue/score_references/*.csv")
    assert [path.name for path in references] == ["2026-08-29.csv"]


def test_a_run_that_dagster_starts_begins_nothing_without_room(settings, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(disk_space.shutil, "disk_usage", lambda _: usage(9, 9, 20_000_000))
    before = settings.warehouse.read_bytes()
    result, why = run_part(settings, [], dg.AssetSelection.groups("raw"))
    assert not result.success
    assert "has 20 MB free" in why[0]
    assert "so nothing was begun" in why[0]
    assert settings.warehouse.read_bytes() == before
