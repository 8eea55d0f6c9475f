"""What people state is checked before anything rests on it; the run names table, rows and rule.

All defects are planted at once, and one run has to name each of them.
"""

import shutil
from dataclasses import dataclass, replace

import pytest

from orchestration.warehouse.connection import Warehouse
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
    "channel_of_no_schedule": Planted(
        "channel_schedules",
        "schedule_id,reason\n",
        "schedule_id,reason\nchat,round_the_clock,day and night\n",
        "seed channel_schedules: 1 row(s) break the rule: what a row refers to is there\n"
        "  channel=chat, schedule_id=round_the_clock",
    ),
    "hours_of_no_schedule_in_force": Planted(
        "business_hours",
        "".join(f"office,,{day},09:00,17:00\n" for day in range(1, 6)),
        "berlin,Europe/Berlin,1,09:00,17:00\n",
        "seed business_hours: 2 row(s) break the rule: what a setting of dbt_project.yml names is "
        "there (schedule_id)\n  setting=customer_schedule, schedule_id=office",
    ),
    "overlapping_versions": Planted(
        "score_model_versions",
        "mature-1,mature,1,live,2000-01-01,,",
        "second,mature,2,live,2026-01-01,,a,b,c,d,\nmature-1,mature,1,live,2000-01-01,,",
        "of the versions of a model that score, one is valid at a time, and each ends after it "
        "begins\n  model_version_id=mature-1",
    ),
    # The second version of above is one that has no pillars and no bands either.
    "version_without_bands": Planted(
        "score_model_versions",
        "second,mature,2",
        "second,mature,2",
        "seed score_model_versions: 1 row(s) break the rule: what a row refers to is there\n"
        "  model_version_id=second",
    ),
    "version_without_author": Planted(
        "score_model_versions",
        "onboarding-1,onboarding,1,live,2000-01-01,,founders,",
        "onboarding-1,onboarding,1,live,2000-01-01,,,",
        "seed score_model_versions: 1 row(s) break the rule: a value is given (author)\n"
        "  model_version_id=onboarding-1",
    ),
    "version_without_reason": Planted(
        "score_model_versions",
        "As for others but money and people weigh more before a contract ends",
        " ",
        "seed score_model_versions: 1 row(s) break the rule: a value is given (reason)\n"
        "  model_version_id=renewal-1",
    ),
    "falling_curve": Planted(
        "score_curve_points",
        "nps,3,10,55",
        "nps,3,-30,55",
        "seed score_curve_points: 1 row(s) break the rule: the values rise from one to the next, "
        "and one alone makes no curve (x)\n  curve=nps, point_number=3, x=-30.0",
    ),
    "key_twice": Planted(
        "apdex_bands",
        "\ngood,0.85,",
        "\ngood,0.85,r\nfine,0.85,",
        "seed apdex_bands: 1 row(s) break the rule: the key of a row is not empty and no two "
        "rows have the same\n  lower_bound=0.85, row_count=2",
    ),
    "weights_of_pillars": Planted(
        "score_pillars",
        "mature-1,support,0.04",
        "mature-1,support,0.05",
        "seed score_pillars: 1 row(s) break the rule: the weights sum to exactly one (weight)\n"
        "  model_version_id=mature-1, sum_of_weight=1.010000",
    ),
    "weights_of_components": Planted(
        "score_components",
        "mature-1,core_breadth,adoption,0.60",
        "mature-1,core_breadth,adoption,0.50",
        "  model_version_id=mature-1, pillar=adoption, sum_of_weight=0.900000",
    ),
    "behaviour_below_half": Planted(
        "score_components",
        "onboarding-1,active_days,engagement,0.85,active_days,exclude,,0,,true",
        "onboarding-1,active_days,engagement,0.85,active_days,exclude,,0,,false",
        "seed score_components: 1 row(s) break the rule: behaviour has half of the weight or more "
        "and satisfaction a fifth or less, unless balance_exception says why\n"
        "  model_version_id=onboarding-1, behaviour=0.2",
    ),
    "component_that_nobody_measures": Planted(
        "score_components",
        "renewal-1,payment_overdue_days,",
        "renewal-1,payment_overdue_day,",
        "seed score_components: 1 row(s) break the rule: dbt_project.yml lists the name, and a "
        "model of that name measures it (component)\n"
        "  model_version_id=renewal-1, component=payment_overdue_day,",
    ),
    "unknown_model": Planted(
        "score_assignments",
        "onboarding,30,onboarding,,,onboarding,",
        "onboarding,30,onboarding,,,starters,",
        "seed score_assignments: 1 row(s) break the rule: what a row refers to is there\n"
        "  rule=onboarding, priority=30, stage=onboarding, model=starters",
    ),
    "no_rule_for_everybody": Planted(
        "score_assignments",
        "everybody_else,1000,,,,mature,2000-01-01,",
        "everybody_else,1000,,,,mature,2000-01-01,2026-01-01",
        "seed score_assignments: 1 row(s) break the rule: on every day one rule takes all that no "
        "other takes\n  gap=no rule for everybody",
    ),
    "rule_without_an_end": Planted(
        "score_override_rules",
        "champions_left,1,60,medium,90,",
        "champions_left,1,60,medium,,",
        "seed score_override_rules: 1 row(s) break the rule: a value is given "
        "(expires_after_days)\n  override_rule=champion_left",
    ),
    "cap_by_hand_without_an_end": Planted(
        "score_overrides_manual",
        "starts_on,expires_on\n",
        "starts_on,expires_on\no1,acc_00001,30,sponsor resigned,ann,2026-01-01,\n",
        "seed score_overrides_manual: 1 row(s) break the rule: a value is given (expires_on)\n"
        "  override_id=o1, account_id=acc_00001",
    ),
    "cap_by_hand_without_a_reason": Planted(
        "score_overrides_manual",
        "starts_on,expires_on\n",
        "starts_on,expires_on\no2,acc_00002,30,,ann,2026-01-01,2026-02-01\n",
        "seed score_overrides_manual: 1 row(s) break the rule: a value is given (reason)\n"
        "  override_id=o2, account_id=acc_00002",
    ),
    "bands_of_one_version_only": Planted(
        "score_bands",
        "onboarding-1,watch,",
        "onboarding-1,wobbly,",
        "seed score_bands: 3 row(s) break the rule: all versions have the same bands, as a band "
        "is carried over from one to the next\n  model_version_id=mature-1, band=wobbly",
    ),
    "zones_that_touch": Planted(
        "score_bands",
        "renewal-1,watch,40,2,2.5",
        "renewal-1,watch,40,2,28",
        "seed score_bands: 1 row(s) break the rule: the zones around the bounds of bands do not "
        "touch, and the lowest band begins at 0\n  model_version_id=renewal-1, band=watch",
    ),
}
LANDED = """
    insert into raw.catalogue_feature_catalog (feature_id, importance, _file, _line, _loaded_at)
    values ('reports', -1, 'catalogue/feature_catalog/z.csv', 4, timestamp '2026-01-01');
    insert into raw.catalogue_feature_catalog (feature_id, importance, _file, _line, _loaded_at)
    select 'reports_' || line, -1, 'catalogue/feature_catalog/z.csv', line, timestamp '2026-01-01'
    from range(5, 11) as lines(line);
    insert into raw.catalogue_event_catalog
        (event_name, is_activity, is_core, is_login, is_error, is_system, _file, _line, _loaded_at)
    values
        ('login', true, false, true, false, false, 'catalogue/x.csv', 2, timestamp '2026-01-01'),
        ('login', true, true, true, false, false, 'catalogue/x.csv', 3, timestamp '2026-01-01'),
        ('click', true, true, false, false, false, 'catalogue/x.csv', 4, timestamp '2026-01-01'),
        ('click', true, true, false, false, false, 'catalogue/x.csv', 5, timestamp '2026-01-01');
    insert into raw.catalogue_plans (plan_id, list_price_minor, _file, _line, _loaded_at)
    values ('growth', -3900, 'catalogue/plans/z.csv', 3, timestamp '2026-01-01');
    insert into raw.catalogue_cut_points
        (measure, part_number, lower_bound, valid_from, _file, _line, _loaded_at)
    values
        ('core_events_28d', 1, 7, date '2026-02-01', 'catalogue/cut_points/z.csv', 2,
            timestamp '2026-01-01'),
        ('core_events_28d', 2, 5, date '2026-02-01', 'catalogue/cut_points/z.csv', 3,
            timestamp '2026-01-01');
"""


@pytest.fixture(scope="module")
def spoiled(built, tmp_path_factory):
    """Run the daily job on a copy in which everything is planted; return it and what it said."""
    folder = tmp_path_factory.mktemp("spoiled")
    settings = replace(settings_in(folder, built.settings.landing), root=folder / "root")
    skipped = shutil.ignore_patterns("logs", ".*")
    shutil.copytree(built.settings.dbt_project, settings.dbt_project, ignore=skipped)
    shutil.copytree(built.settings.profiles, settings.profiles)
    settings.warehouse.parent.mkdir()
    shutil.copy(built.settings.warehouse, settings.warehouse)
    shutil.copytree(built.settings.published, settings.published, symlinks=True)
    for planted in SEEDS.values():
        seed = settings.dbt_project / "seeds" / f"{planted.seed}.csv"
        assert planted.old in seed.read_text()
        seed.write_text(seed.read_text().replace(planted.old, planted.new, 1))
    with Warehouse(settings.warehouse).writing() as connection:
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
    assert "models stopped the run." in said
    assert "All days are built anew: not the same as in the last build: dbt_project/seeds." in said
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


def test_of_a_long_list_five_rows_are_shown_and_the_rest_is_counted(said):
    features = said.split("model int_features_catalogued: 7 row(s)")[1]
    shown = features.split("\n")[1:7]
    assert all(line.startswith("  feature_id=reports") for line in shown[:5])
    assert shown[5] == "  and 2 more"


def test_of_landed_rows_only_the_key_and_the_line_are_shown(said):
    assert (
        "model int_features_catalogued: 7 row(s) break the rule: the value lies within its bounds "
        "(importance)\n  feature_id=reports, landed_file=catalogue/feature_catalog/z.csv, "
        "landed_line=4\n" in said
    )
    assert "account_name=" not in said
    assert "domain=" not in said


def test_a_file_that_says_two_things_of_a_key_is_named_and_a_repeated_line_is_not(said):
    assert (
        "model stg_catalogue__event_catalog: 1 row(s) break the rule: one file says one thing of "
        "the same key\n  event_name=login, landed_file=catalogue/x.csv, row_count=2" in said
    )


def test_a_price_below_zero_and_parts_that_do_not_rise_are_named(said):
    assert (
        "model int_plans_catalogued: 1 row(s) break the rule: a price is not negative "
        "(list_price_minor)\n  plan_id=growth, landed_file=catalogue/plans/z.csv, landed_line=3"
    ) in said
    assert "model int_cut_points_dated: 1 row(s) break the rule: the values rise" in said
