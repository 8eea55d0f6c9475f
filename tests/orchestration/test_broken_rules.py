"""What people state is checked before anything rests on it; the run names table, rows and rule.

All defects are planted at once, and one run has to name each of them.
"""

import shutil
from dataclasses import dataclass, replace

import pytest

from orchestration.warehouse import Warehouse
from tests.conftest import run_job, settings_in
from tests.orchestration.part_of_a_run import fingerprints


@dataclass(frozen=True)
class Planted:
    """Lines of a seed, what takes their place, and what the run must say about it."""

    seed: str
    old: str
    new: str
    says: str


SEEDS = {
    "overlapping_targets": Planted(
        "service_targets",
        "high,2000-01-01,,4,",
        "high,2000-01-01,2026-06-01,4,business,r\nhigh,2026-05-01,,4,",
        "seed service_targets: 1 row(s) break the rule: each period ends after it begins, and "
        "before the next of its kind begins\n  priority=high, valid_from=2000-01-01, "
        "valid_to=2026-06-01",
    ),
    "overlapping_versions": Planted(
        "score_model_versions",
        "standard-1,standard,1,live,2000-01-01,,",
        "second,standard,2,live,2026-01-01,,a,b,c\nstandard-1,standard,1,live,2000-01-01,,",
        "of the versions that are live one is valid at a time, and each ends after it begins\n"
        "  model_version_id=standard-1",
    ),
    "negative_price": Planted(
        "plans",
        "growth,2,3900,",
        "growth,2,-3900,",
        "seed plans: 1 row(s) break the rule: a price is not negative (list_price_minor)\n"
        "  plan_id=growth, tier=2, list_price_minor=-3900",
    ),
    "falling_curve": Planted(
        "score_curve_points",
        "nps,3,10,55",
        "nps,3,-30,55",
        "seed score_curve_points: 1 row(s) break the rule: the values rise from one to the next, "
        "and one alone makes no curve (x)\n  curve=nps, point_number=3, x=-30.0",
    ),
    "key_twice": Planted(
        "usage_deciles",
        "\n2,5\n",
        "\n2,5\n2,7\n",
        "seed usage_deciles: 1 row(s) break the rule: the key of a row is not empty and no two "
        "rows have the same\n  usage_decile=2, row_count=2",
    ),
    "weights_of_pillars": Planted(
        "score_pillars",
        "standard-1,support,0.10",
        "standard-1,support,0.11",
        "seed score_pillars: 1 row(s) break the rule: the weights sum to exactly one (weight)\n"
        "  model_version_id=standard-1, sum_of_weight=1.010000",
    ),
    "weights_of_components": Planted(
        "score_components",
        "standard-1,core_breadth,adoption,0.70",
        "standard-1,core_breadth,adoption,0.60",
        "  model_version_id=standard-1, pillar=adoption, sum_of_weight=0.900000",
    ),
}
# Three in a circle, thirty in a circle, one who is its own parent; none of the others.
CIRCLE = """
    update raw.crm_accounts set parent_account_id = case account_id
        {cases}
        else parent_account_id end
"""
LANDED = """
    insert into raw.catalogue_feature_catalog (feature_id, importance, _file, _line, _loaded_at)
    values ('reports', -1, 'catalogue/feature_catalog/a.csv', 4, timestamp '2026-01-01');
    insert into raw.catalogue_event_catalog
        (event_name, is_activity, is_core, is_login, is_error, is_system, _file, _line, _loaded_at)
    values
        ('login', true, false, true, false, false, 'catalogue/b.csv', 2, timestamp '2026-01-01'),
        ('login', true, true, true, false, false, 'catalogue/b.csv', 3, timestamp '2026-01-01'),
        ('click', true, true, false, false, false, 'catalogue/b.csv', 4, timestamp '2026-01-01'),
        ('click', true, true, false, false, false, 'catalogue/b.csv', 5, timestamp '2026-01-01');
"""


def circles():
    """Return which account gets which parent: circles of 3, 30 and 1, and one below a circle."""
    parents = {}
    for first, last in ((1, 3), (10, 39), (50, 50)):
        members = list(range(first, last + 1))
        parents |= dict(zip(members, [*members[1:], first], strict=True))
    parents[60] = 1
    return {f"acc_{n:05}": f"acc_{parent:05}" for n, parent in parents.items()}


@pytest.fixture(scope="module")
def spoiled(built, tmp_path_factory):
    """Run the daily job on a copy in which everything is planted; return it and what it said."""
    folder = tmp_path_factory.mktemp("spoiled")
    settings = replace(settings_in(folder, built.settings.landing), root=folder / "root")
    shutil.copytree(built.settings.profiles, settings.profiles)
    skipped = shutil.ignore_patterns("logs", ".*")
    shutil.copytree(built.settings.dbt_project, settings.dbt_project, ignore=skipped)
    settings.warehouse.parent.mkdir()
    shutil.copy(built.settings.warehouse, settings.warehouse)
    shutil.copytree(built.settings.published, settings.published)
    for planted in SEEDS.values():
        seed = settings.dbt_project / "seeds" / f"{planted.seed}.csv"
        assert planted.old in seed.read_text()
        seed.write_text(seed.read_text().replace(planted.old, planted.new, 1))
    cases = " ".join(f"when '{low}' then '{high}'" for low, high in circles().items())
    with Warehouse(settings.warehouse).writing() as connection:
        connection.execute(CIRCLE.format(cases=cases))
        connection.execute(LANDED)
    return run_job(settings)


@pytest.fixture(scope="module")
def said(spoiled):
    return "\n".join(spoiled.lines)


@pytest.mark.parametrize("planted", SEEDS.values(), ids=SEEDS)
def test_a_broken_rule_is_named_with_its_seed_and_its_rows(said, planted):
    assert planted.says in said


def test_nothing_is_built_on_it_and_nothing_is_published(spoiled, built, said):
    assert spoiled.exit_code == 1
    assert "input_models stopped the run." in said
    verbs = [line.split()[0] for line in spoiled.lines if line and not line.startswith(" ")]
    assert "built" not in verbs
    assert fingerprints(spoiled.settings.published) == fingerprints(built.settings.published)
    with Warehouse(spoiled.settings.warehouse).reading() as connection:
        connection.execute(f"attach '{built.settings.warehouse}' as built (read_only)")
        days = "select count(*), sum(health_score) from {}marts.fct_account_health_daily"
        assert (
            connection.execute(days.format("")).fetchone()
            == connection.execute(days.format("built.")).fetchone()
        )


def test_a_circle_of_accounts_is_named_whatever_its_length(said):
    # 3 + 30 + 1 accounts; who is only below a circle is not in it.
    headline = "model int_accounts_deduplicated: 34 row(s) break the rule: nobody stands above"
    assert (
        f"{headline} themselves (parent_account_id)\n  account_id=acc_00001, landed_file=" in said
    )
    assert "acc_00060" not in said


def test_of_a_long_list_five_rows_are_shown_and_the_rest_is_counted(said):
    circle = said.split("model int_accounts_deduplicated: 34 row(s)")[1]
    shown = circle.split("\n")[1:7]
    assert all(line.startswith("  account_id=") for line in shown[:5])
    assert shown[5] == "  and 29 more"


def test_of_landed_rows_only_the_key_and_the_line_are_shown(said):
    assert (
        "model int_features_catalogued: 1 row(s) break the rule: the value lies within its bounds "
        "(importance)\n  feature_id=reports, landed_file=catalogue/feature_catalog/a.csv, "
        "landed_line=4\n" in said
    )
    assert "account_name=" not in said
    assert "domain=" not in said


def test_a_file_that_says_two_things_of_a_key_is_named_and_a_repeated_line_is_not(said):
    assert (
        "model stg_catalogue__event_catalog: 1 row(s) break the rule: one file says one thing of "
        "the same key\n  event_name=login, landed_file=catalogue/b.csv, row_count=2" in said
    )
