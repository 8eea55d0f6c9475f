import csv

import duckdb
import pytest

from orchestration.commands.shadow_scores import SEED, ShadowError, main, shadow
from orchestration.publication.places import database_of
from orchestration.settings.environment import Settings
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
    tables = empty_tables("rpt_shadow_bands")
    for account, band, shadow_band in (("a1", "watch", "at_risk"), ("a2", "watch", "watch")):
        add(tables, "rpt_shadow_bands", account_id=account, account_name=account.upper(),
            shadow_version_id="mature-2", model_version_id="mature-1", csm_id="csm_1", band=band,
            shadow_band=shadow_band, health_score=45.0, shadow_score=38.5, mrr="34.20",
            is_other_band=band != shadow_band, score_date=AS_OF)  # fmt: skip
    for component, version, status, auc, direction in (
        ("trend", "mature-2", "ok", 0.51, "nothing_to_be_seen"),
        ("reopened", "mature-2", "ok", 0.36, "against"),
        ("breadth", "mature-2", "ok", 0.66, "as_expected"),
        ("revenue", "mature-2", "never_measured", None, None),
        ("of the live one", "all", "ok", 0.4, "against"),
    ):
        for horizon in (42, 91):
            add(tables, "rpt_component_track_record", model_version_id=version,
                component=component, component_label=component, label="churn",
                horizon_days=horizon, nominal_weight=0.06, status=status, auc=auc,
                auc_low=auc and auc - 0.05, auc_high=auc and auc + 0.05,
                direction=direction)  # fmt: skip
    settings.published.mkdir()
    with duckdb.connect(str(database_of(settings))) as connection:
        connection.execute("create schema reports")
        for table in ("rpt_shadow_bands", "rpt_component_track_record"):
            rows = settings.published / f"{table}.parquet"
            tables.table(f"reports.{table}").write_parquet(str(rows))
            connection.execute(f"create table reports.{table} as from '{rows}'")
    return settings


def test_those_who_would_be_in_another_band_are_named_with_both_scores(published):
    heading, line, *others = shadow(published, "mature-2")
    assert heading.startswith("1 of 2 customers would be in another band under mature-2")
    assert "A1" in line
    assert "45.0 ->  38.5   watch -> at risk" in line
    assert "A2" not in "".join(others)


def test_parts_of_a_draft_that_say_nothing_or_the_opposite_are_named_with_their_figures(published):
    assert list(shadow(published, "mature-2"))[2:] == [
        "Of its parts, by themselves (50% is a coin):",
        "  reopened, weight 6.0%: 36% (31% to 41%) for left within 42 days: points the wrong way:"
        " look at its definition",
        "  trend, weight 6.0%: 51% (46% to 56%) for left within 42 days: says nothing here",
        "Never measured here, so that their weight is spread: revenue.",
    ]


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
