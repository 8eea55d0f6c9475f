"""References are drawn from the company's own quarter, written once, dated, never in silence."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from orchestration.commands.freeze import freeze
from orchestration.freezing.first import freeze_first
from orchestration.freezing.proposal import (
    IN_FORCE,
    PERCENTILES,
    FreezeError,
    propose,
    read_quarter,
    rescored,
)
from orchestration.warehouse.connection import Warehouse

pytestmark = pytest.mark.exhaustive

FIRST, LAST = date(2026, 5, 30), date(2026, 8, 28)
AS_OF = date(2026, 10, 31)
NEEDED = 20


@pytest.fixture
def settings(copied, tmp_path):
    """Return settings of the built company, and a landing folder in which nothing lies yet."""
    landing = tmp_path / "landing"
    landing.mkdir()
    return replace(copied, landing=landing)


@pytest.fixture
def new_company(settings):
    """Return settings of the company as if it had no references, with its first quarter matured."""
    _state(settings, f"is_first = true, first_date = '{FIRST}', last_date = '{LAST}'")
    return settings


def _state(settings, assignments):
    with Warehouse(settings.warehouse).writing() as connection:
        connection.execute(f"update reports.rpt_reference_quarter set {assignments}")


def _read(settings, query):
    with Warehouse(settings.warehouse).reading() as connection:
        found = connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _written(settings, table):
    (path,) = (settings.landing / "catalogue" / table).glob("*")
    with path.open(newline="") as file:
        return path, list(csv.DictReader(file))


def test_a_new_company_gets_its_first_references_once_with_what_they_were_drawn_from(new_company):
    (said,) = freeze_first(new_company)
    path, rows = _written(new_company, "score_references")
    assert said.startswith(
        "First references: what is usual among your own customers from 2026-05-30"
    )
    assert str(path) in said
    assert path.name == "2026-08-29.csv"
    assert {row["valid_from"] for row in rows} == {"2026-08-29"}
    for row in rows:
        assert row["drawn_from"].startswith("2026-05-30 to 2026-08-28: ")
        assert int(row["drawn_from"].split(": ")[1].split()[0]) >= NEEDED
        assert all(float(row[a]) <= float(row[b]) for a, b in pairwise(PERCENTILES))
    rates = {row["component"] for row in rows if row["prior_value"]}
    assert {"session_error_rate", "reopen_rate", "nps"} <= rates
    assert "usage_level" not in rates
    parts = _written(new_company, "cut_points")[1]
    bounds = [float(row["lower_bound"]) for row in parts if row["measure"] == "core_events_28d"]
    assert bounds == sorted(set(bounds))
    assert len(bounds) > 1
    before = path.read_bytes()
    assert list(freeze_first(new_company)) == []
    assert path.read_bytes() == before


def test_references_are_drawn_from_what_spark_has_built_in_words_of_duckdb(
    new_company, monkeypatch
):
    monkeypatch.setattr("orchestration.freezing.proposal._COMPILED", {})
    (said,) = freeze_first(replace(new_company, target="spark"))
    assert said.startswith("First references: ")
    assert _written(new_company, "score_references")[1]


def test_percentiles_and_rates_are_those_of_brute_force_and_of_days_of_the_quarter_only(
    new_company,
):
    drawn = {
        (row["component"], row["segment"]): row
        for row in propose(new_company, read_quarter(new_company)).references
    }
    looks = [day for n in range(91) if (day := FIRST + timedelta(n)).weekday() == 0]
    assert looks[-1] <= LAST
    days = ", ".join(f"date '{day}'" for day in looks)
    rows = _read(
        new_company,
        "select * from intermediate.int_health_measurements_daily "
        "inner join intermediate.int_scored_account_days using (account_id, score_date) "
        "where status = 'ok' and component in ('usage_level', 'session_error_rate') "
        f"and score_date in ({days})",
    )
    levels = [r for r in rows if r["component"] == "usage_level" and r["metric_value"] > 0]
    for segment in ("all", "SMB"):
        values = [r["metric_value"] for r in levels if segment in ("all", r["size_band"])]
        expected = np.percentile(values, [10, 25, 50, 75, 90])
        found = [drawn["usage_level", segment][name] for name in PERCENTILES]
        assert found == pytest.approx(expected, abs=1e-4)
    errors = [r for r in rows if r["component"] == "session_error_rate"]
    rate = sum(r["numerator"] for r in errors) / sum(r["denominator"] for r in errors)
    assert drawn["session_error_rate", "all"]["prior_value"] == pytest.approx(rate, abs=1e-4)


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (
            "is_first = true, first_date = null, last_date = null, longest_day_count = 40, "
            "most_account_count = 17",
            "91 days in a row on each of which 20 customers have a score. So far there are 40 "
            "such days in a row, and at most 17 customers",
        ),
        (f"is_first = false, first_date = '{FIRST}'", None),
    ],
)
def test_a_run_says_what_is_missing_for_references_and_nothing_where_there_are_any(
    settings, state, says
):
    _state(settings, state)
    said = list(freeze_first(settings))
    assert (says is None) == (said == [])
    assert says is None or says in said[0]
    assert not (settings.landing / "catalogue").exists()


def test_who_asks_what_was_known_on_a_past_day_does_not_change_what_is_known(new_company):
    assert list(freeze_first(replace(new_company, known_on=AS_OF))) == []
    assert not (new_company.landing / "catalogue").exists()


def test_a_landing_folder_that_cannot_be_written_to_stops_no_run_and_is_named(new_company):
    (new_company.landing / "catalogue").write_text("a file where a folder is needed")
    (said,) = freeze_first(new_company)
    assert said.startswith("No references were drawn, so scores stay provisional")
    assert "catalogue" in said


def test_references_that_hold_already_move_nobody(settings):
    with Warehouse(settings.warehouse).reading() as connection:
        found = connection.execute(IN_FORCE, {"day": AS_OF})
        names = [column[0] for column in found.description]
        in_force = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    accounts = rescored(settings, in_force)
    assert len(accounts) > 100
    assert [a for a in accounts if abs(a["health_score"] - a["new_health_score"]) > 1e-6] == []


def test_a_second_freeze_is_a_file_of_its_own_and_says_old_and_new_and_who_moves(settings):
    lines = list(freeze(settings))
    text = "\n".join(lines)
    path, rows = _written(settings, "score_references")
    assert path.name == f"{AS_OF + timedelta(1)}.csv"
    assert lines[0].startswith("Drawn from 2026-08-02 to 2026-10-31")
    assert text.count("until then") >= len({row["component"] for row in rows})
    assert " customers would be in another band today" in text
    assert f"Written: {path}" in lines
    with pytest.raises(FreezeError, match=r"2026-11-01\.csv is there already"):
        list(freeze(settings))


def test_before_anything_is_built_the_command_says_so(settings):
    settings.warehouse.unlink()
    with pytest.raises(FreezeError, match="Run make run first"):
        list(freeze(settings))
