"""What the command says, on a publication that holds a planted past."""

import re
import shutil
from datetime import date

import duckdb
import numpy as np
import pytest

from orchestration.commands.propose import main
from orchestration.proposal.version import live_versions
from orchestration.publication.places import database_of
from orchestration.settings.environment import Settings
from tests.proposal.planted import past
from tests.track_record.rendered import PROJECT


def published(folder, pull_of, accounts=160, mondays=16, seed=7):
    """Publish a past of the live version of mature accounts; return the database."""
    (mature,) = (v for v in live_versions(PROJECT / "seeds") if v.model == "mature")
    history = past(seed, [pull_of.get(name, 0.0) for name in mature.components], accounts, mondays)
    history.sample.scores[:, mature.components.index("mrr_change")] = np.nan
    days = [date.fromordinal(int(day)) for day in history.monday]
    names = [history.sample.names[number] for number in history.sample.account]
    rows = [
        (names[row], days[row], component, None if np.isnan(score) else float(score))
        for row in range(len(days))
        for component, score in zip(mature.components, history.sample.scores[row], strict=True)
    ]
    with duckdb.connect(str(folder)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table rows (account text, day date, part text, score double)")
        connection.execute(
            "insert into rows select unnest($1), unnest($2), unnest($3), unnest($4)",
            [list(column) for column in zip(*rows, strict=True)],
        )
        connection.execute(
            "create table outcomes as select unnest($1) as account, unnest($2) as day, "
            "unnest($3) as is_event",
            [names, days, (history.sample.event == 1).tolist()],
        )
        connection.execute(
            "create table marts.fct_account_health_components_daily as select account as "
            "account_id, day as score_date, 'mature-1' as model_version_id, part as component, "
            "score as component_score, score is not null as is_available from rows"
        )
        connection.execute(
            "create table marts.fct_account_health_daily as select distinct account_id, "
            "score_date, model_version_id, 50.0 as health_score, score_date as components_date "
            "from marts.fct_account_health_components_daily"
        )
        connection.execute(
            "create table marts.fct_account_outcomes as select account as account_id, day as "
            "snapshot_date, 'churn' as label, horizon as horizon_days, is_event, day + 63 as "
            "matures_on from outcomes, (values (42), (91)) as h(horizon)"
        )
        connection.execute(
            "create table marts.fct_account_health_overrides_daily as select account_id, "
            "score_date, 20.0 as cap from marts.fct_account_health_daily where account_id = 'a0003'"
        )
    return folder


@pytest.fixture
def settings(tmp_path, monkeypatch):
    shutil.copytree(PROJECT / "seeds", tmp_path / "dbt_project/seeds")
    found = Settings(
        landing=tmp_path / "landing",
        warehouse=tmp_path / "warehouse.duckdb",
        reports=tmp_path / "reports",
        published=tmp_path / "published",
        root=tmp_path,
    )
    found.published.mkdir()
    monkeypatch.setattr(Settings, "from_environment", lambda: found)
    return found


@pytest.fixture(scope="module")
def telling(tmp_path_factory):
    path = tmp_path_factory.mktemp("telling") / "past.duckdb"
    return published(path, {"core_breadth": 6.0, "reopen_rate": -5.0})


def test_a_past_in_which_one_component_decides_ends_in_a_draft(settings, telling, tmp_path, capsys):
    shutil.copy(telling, database_of(settings))
    draft = tmp_path / "draft"
    assert main([str(draft), "--model", "mature"]) == 0
    said = capsys.readouterr().out
    assert "mature-1: churn within 42 days: 1" in said
    assert "ALARM: tickets reopened points the wrong way" in said
    assert "95% interval +0." in said
    assert "Verdict: strong" in said
    assert "customers would change band" in said
    # Its score is capped before and after, so its band is the same.
    assert "a0003" not in said
    weights = {
        line[2:36].strip(): [float(word.rstrip("%")) for word in line[36:].split()[:2]]
        for line in said.splitlines()
        if " to " in line and "%" in line and "AUC" not in line
    }
    written, proposed = weights["core features in use"]
    assert proposed > 2 * written
    assert len(set(weights["revenue against 180 days before"])) == 1
    assert weights["tickets reopened"][1] < 1
    assert said.count("never measured here, so its weight is spread") == 1
    assert "mature-2 as shadow below" in said
    assert "make shadow VERSION=mature-2" in said
    names = [version.version for version in live_versions(settings.dbt_project / "seeds")]
    assert "mature-2" not in names
    rows = (draft / "score_components.csv").read_text()
    assert rows.count("mature-2,") == rows.count("mature-1,") > 10


def test_without_a_folder_nothing_is_written(settings, telling, tmp_path, capsys):
    shutil.copy(telling, database_of(settings))
    before = sorted(path for path in tmp_path.rglob("*") if "published" not in str(path))
    assert main(["--model", "mature"]) == 0
    assert "make propose DRAFT=" in capsys.readouterr().out
    assert sorted(p for p in tmp_path.rglob("*") if "published" not in str(p)) == before


def test_too_few_outcomes_say_how_many_there_are_and_how_many_are_needed(
    settings, tmp_path, capsys
):
    published(database_of(settings), {"core_breadth": 6.0}, accounts=40, mondays=4)
    with duckdb.connect(str(database_of(settings))) as connection:
        (left,) = connection.execute(
            "select count(distinct account_id) filter (where is_event) from "
            "marts.fct_account_outcomes where horizon_days = 42"
        ).fetchone()
        connection.execute(
            "insert into marts.fct_account_health_daily select 'b' || n, date '2021-07-26', "
            "'mature-1', 50, date '2021-07-26' from range(60) as r(n)"
        )
        connection.execute(
            "insert into marts.fct_account_outcomes select 'b' || n, date '2021-07-26', "
            "'silence', 42, is_event, date '2021-10-01' from range(60) as r(n), "
            "(values (true), (false)) as e(is_event)"
        )
    assert main([str(tmp_path / "draft")]) == 0
    said = capsys.readouterr().out
    assert f"{left} had it and" in said
    assert "50 of each are needed" in said
    assert "There are enough of: silence within 42 days (60). Name it with LABEL" in said
    assert "onboarding-1: no proposal." in said
    assert "Of no customer that it scored is the outcome churn known yet." in said
    assert "there is no draft: the weights stay as they are" in said
    assert not (tmp_path / "draft").exists()


def test_a_past_in_which_nothing_decides_keeps_the_weights(settings, tmp_path, capsys):
    published(database_of(settings), {}, accounts=120, mondays=4)
    assert main([str(tmp_path / "draft"), "--model", "mature"]) == 0
    said = capsys.readouterr().out
    assert "Verdict: keep: chance cannot be ruled out" in said
    assert not (tmp_path / "draft").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--model", "matured"], r"no live version of the model 'matured'. Known: mature, onb"),
        ([], r"Nothing is built yet: neither .*customer_health.duckdb nor .*warehouse.duckdb"),
    ],
)
def test_where_nothing_can_be_proposed_the_command_says_why(
    settings, telling, capsys, arguments, reason
):
    if arguments:
        shutil.copy(telling, database_of(settings))
    assert main(arguments) == 1
    assert re.search(reason, capsys.readouterr().err)


def test_a_database_without_outcomes_and_seeds_ahead_of_the_build_are_named(
    settings, telling, capsys
):
    with duckdb.connect(str(database_of(settings))) as connection:
        connection.execute("create schema marts")
    assert main([]) == 1
    assert "holds no outcomes of scores yet. Run make run." in capsys.readouterr().err
    shutil.copy(telling, database_of(settings))
    seed = settings.dbt_project / "seeds/score_components.csv"
    seed.write_text(seed.read_text().replace("mature-1,csat,", "mature-1,another,"))
    assert main(["--model", "mature"]) == 1
    assert "other components than those that were built: another, csat" in capsys.readouterr().err
