import csv

import duckdb
import pytest

from orchestration.publication.places import database_of
from orchestration.settings import Settings
from orchestration.shadow import SEED, ShadowError, main, shadow
from tests.orchestration.report_tables import AS_OF, add, empty_tables


@pytest.fixture
def settings(tmp_path):
    settings = Settings(
        landing=tmp_path / "landing",
        warehouse=tmp_path / "warehouse.duckdb",
        reports=tmp_path / "reports",
        published=tmp_path / "published",
        root=tmp_path,
    )
    seed = settings.dbt_project / SEED
    seed.parent.mkdir(parents=True)
    with seed.open("w", newline="") as file:
        csv.writer(file).writerows(
            [("model_version_id", "status"), ("mature-1", "live"), ("mature-2", "shadow"),
             ("mature-3", "shadow")]
        )  # fmt: skip
    return settings


@pytest.fixture
def published(settings):
    tables = empty_tables()
    for account, band, shadow_band in (("a1", "watch", "at_risk"), ("a2", "watch", "watch")):
        add(tables, "rpt_shadow_bands", account_id=account, account_name=account.upper(),
            shadow_version_id="mature-2", model_version_id="mature-1", csm_id="csm_1", band=band,
            shadow_band=shadow_band, health_score=45.0, shadow_score=38.5, mrr="34.20",
            is_other_band=band != shadow_band, score_date=AS_OF)  # fmt: skip
    settings.published.mkdir()
    rows = settings.published / "rows.parquet"
    tables.table("reports.rpt_shadow_bands").write_parquet(str(rows))
    with duckdb.connect(str(database_of(settings))) as connection:
        connection.execute("create schema reports")
        connection.execute(f"create table reports.rpt_shadow_bands as from '{rows}'")
    return settings


def test_those_who_would_be_in_another_band_are_named_with_both_scores(published):
    heading, *lines = shadow(published, "mature-2")
    assert heading.startswith("1 of 2 customers would be in another band under mature-2")
    assert len(lines) == 1
    assert "A1" in lines[0]
    assert "45.0 ->  38.5   watch -> at risk" in lines[0]


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("mature-9", r"no version 'mature-9'.*Known: mature-1 \(live\).*score_model_versions.csv"),
        ("mature-1", "mature-1 is live.*status shadow in .*score_model_versions.csv"),
        ("mature-3", "holds no score by it.*make run"),
    ],
)
def test_a_version_that_cannot_be_tried_says_why_and_what_to_do(published, version, reason):
    with pytest.raises(ShadowError, match=reason):
        list(shadow(published, version))


def test_before_anything_is_published_the_command_says_so(settings):
    with pytest.raises(ShadowError, match="Run make run"):
        list(shadow(settings, "mature-2"))


def test_without_a_version_the_command_says_how_it_is_used(capsys):
    assert main([""]) == 2
    assert "make shadow VERSION=" in capsys.readouterr().err
