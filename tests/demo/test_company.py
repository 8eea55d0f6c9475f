"""The demonstration company: reproducible, safe to write, and with effects that show."""

import hashlib
import json
from datetime import date

import duckdb
import numpy as np
import pytest

from data.demo.__main__ import main
from data.demo.horizon import Horizon
from data.demo.landing import LandingNotEmpty
from data.demo.simulation import build_world, simulate
from data.demo.streams import Streams
from data.demo.usage import week_of_events
from tests.demo.conftest import END, Written


def digest(folder) -> dict[str, str]:
    """Return the hash of every file under a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def weeks(tiny):
    return duckdb.connect().read_parquet(str(tiny.truth / "truth_account_week.parquet"))


def test_the_same_seed_gives_the_same_bytes(tiny, tmp_path):
    again = Written(tmp_path)
    assert digest(again.landing) == digest(tiny.landing)
    assert digest(again.truth) == digest(tiny.truth)


def test_another_seed_gives_another_company(tiny, tmp_path):
    other = digest(Written(tmp_path, seed=8).landing)
    same = [name for name, value in digest(tiny.landing).items() if other.get(name) == value]
    assert all(
        any(word in n for word in ("empty", "components.jsonl", "releases", "export", "catalogue"))
        for n in same
    )


def test_the_truth_must_not_lie_among_the_landing_files(tmp_path):
    with pytest.raises(ValueError, match="lies inside"):
        simulate("tiny", 7, END, tmp_path / "landing", tmp_path / "landing" / "truth")


def test_a_folder_with_files_is_refused(tmp_path):
    (tmp_path / "landing").mkdir()
    (tmp_path / "landing" / "own.csv").write_text("mine")
    with pytest.raises(LandingNotEmpty, match="not empty"):
        simulate("tiny", 7, END, tmp_path / "landing", tmp_path / "truth")


def test_the_command_says_why_it_refuses(tmp_path, capsys):
    (tmp_path / "own.csv").write_text("mine")
    assert main(["--size", "tiny", "--landing", str(tmp_path), "--truth", "/nowhere"]) == 2
    assert "is not empty" in capsys.readouterr().err


def test_the_last_fortnight_lands_daily(tiny):
    names = [path.name for path in tiny.readable_files("product/events")]
    assert names[-14:] == [f"2026-10-{day}.jsonl.zst" for day in range(18, 32)]


def test_refused_files_cannot_be_read(tiny):
    reasons = {entry["reason"] for entry in tiny.dirt["refused_files"]}
    assert reasons == {
        "gzip stream is cut off",
        "file is empty",
        "not text at all",
        "CSV without its header",
    }


def test_a_replayed_file_is_its_original(tiny):
    assert len(tiny.dirt["replayed_files"]) == 2
    for entry in tiny.dirt["replayed_files"]:
        original, copy = (tiny.landing / entry[name] for name in ("of", "file"))
        assert original.read_bytes() == copy.read_bytes()


def test_hazard_rises_where_the_feature_is_broken(weeks):
    higher = (
        weeks.filter("broken > 0 and at_risk")
        .aggregate("count(*), bool_and(hazard > hazard_without_broken)")
        .fetchall()[0]
    )
    assert higher[0] > 0
    assert higher[1]


def test_hazard_follows_the_planted_coefficients(weeks, tiny):
    effect = json.loads((tiny.truth / "truth_effects.json").read_text())["coefficients"]
    logit = "ln({0} / (1 - {0}))"
    change = f"{logit.format('hazard')} - {logit.format('hazard_without_treated')}"
    rows = weeks.filter("at_risk").project(f"{change} as change, treated").fetchnumpy()
    change, treated = (np.array(values) for values in rows.values())
    assert np.allclose(change, effect["treated"] * treated, atol=1e-3)


def test_only_customers_under_contract_are_at_risk(weeks):
    assert weeks.filter("at_risk and not served").aggregate("count(*)").fetchall() == [(0,)]


def test_the_experiment_has_both_arms(tiny):
    path = str(tiny.landing / "crm/interventions/interventions.csv")
    arms = duckdb.connect().read_csv(path, ignore_errors=True, all_varchar=True)
    counts = dict(arms.aggregate("assigned_arm, count(*)", "assigned_arm").fetchall())
    assert min(counts["treat"], counts["holdout"]) > 10


def test_customers_are_in_every_stage_at_the_end(tiny):
    accounts = duckdb.connect().read_parquet(str(tiny.truth / "truth_account.parquet"))
    customers = accounts.filter("account_type = 'customer'")
    lost = customers.filter("ended_on_1 <= date '2026-10-31'").aggregate("count(*)").fetchall()[0]
    fresh = customers.filter("started_on_1 > date '2026-10-03'").aggregate("count(*)").fetchall()[0]
    back = customers.aggregate("count(started_on_2)").fetchall()[0]
    assert lost[0] >= 5
    assert fresh[0] >= 3
    assert back[0] >= 1


def test_the_oracle_ranks_better_than_chance(tiny):
    oracle = json.loads((tiny.truth / "truth_oracle.json").read_text())
    assert oracle["events"] > 5
    assert 0.6 < oracle["auc"] < 1.0


def test_a_feature_is_not_used_before_its_release():
    streams, horizon = Streams(7), Horizon(date(2026, 5, 31), 26)
    world, _ = build_world("tiny", horizon, streams)
    forecast, release = world.mix.index("forecast_run"), horizon.day_of(date(2026, 3, 2))
    used = {
        week: (
            week_of_events(world, week, streams.stream("usage", week + 1))["name"] == forecast
        ).any()
        for week in (2, 8, 20, 25)
    }
    assert used == {week: 7 * week > release for week in used}
