import csv
import re
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest
import yaml

from tests.conventions.manifest import manifest
from tests.conventions.rules import for_each

PROJECT = Path(__file__).parents[2] / "dbt_project"
SEEDS = PROJECT / "seeds"
# What the demonstration company lands, and nobody else has.
INVENTED = PROJECT.parent / "data/demo/catalogues"
BEHAVIOURAL_AT_LEAST = Decimal("0.5")
SATISFACTION_AT_MOST = Decimal("0.2")


def rows(seed, folder=SEEDS):
    with (folder / f"{seed}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def versions():
    return [row["model_version_id"] for row in rows("score_model_versions")]


@for_each(versions(), str)
def test_the_weights_of_pillars_and_of_components_within_a_pillar_sum_to_one(version):
    pillars = {
        r["pillar"]: Decimal(r["weight"])
        for r in rows("score_pillars")
        if r["model_version_id"] == version
    }
    assert sum(pillars.values()) == 1
    components = sorted(
        (r for r in rows("score_components") if r["model_version_id"] == version),
        key=lambda r: r["pillar"],
    )
    sums = {
        pillar: sum(Decimal(r["weight"]) for r in members)
        for pillar, members in groupby(components, key=lambda r: r["pillar"])
    }
    assert sums == dict.fromkeys(pillars, 1)


@for_each(versions(), str)
def test_behaviour_has_half_the_weight_or_more_and_satisfaction_a_fifth_or_less(version):
    pillars = {
        r["pillar"]: Decimal(r["weight"])
        for r in rows("score_pillars")
        if r["model_version_id"] == version
    }
    behavioural = sum(
        pillars[r["pillar"]] * Decimal(r["weight"])
        for r in rows("score_components")
        if r["model_version_id"] == version and r["is_behavioural"] == "true"
    )
    assert behavioural >= BEHAVIOURAL_AT_LEAST
    assert pillars["satisfaction"] <= SATISFACTION_AT_MOST


def test_every_curve_rises_in_x_and_stays_between_1_and_100():
    points = rows("score_curve_points")
    for _, members in groupby(points, key=lambda r: r["curve"]):
        curve = list(members)
        assert [int(r["point_number"]) for r in curve] == list(range(1, len(curve) + 1))
        xs = [Decimal(r["x"]) for r in curve]
        assert xs == sorted(set(xs)), curve[0]["curve"]
        assert len(xs) >= 2
        assert all(1 <= Decimal(r["score"]) <= 100 for r in curve)


def test_every_component_has_a_curve_and_every_curve_a_component():
    # The curve of `reference` is made of the frozen percentiles of the component.
    curves = {r["curve"] for r in rows("score_curve_points")} | {"reference"}
    assert {r["curve"] for r in rows("score_components")} == curves


def test_the_demonstration_company_knows_what_is_usual_of_every_component():
    known = {r["component"] for r in rows("score_references", INVENTED) if r["segment"] == "all"}
    assert {r["component"] for r in rows("score_components")} <= known


NAMED = {
    "plans": ("plan_id",),
    "feature_catalog": ("feature_id", "name"),
    "event_catalog": ("event_name",),
    "internal_marks": ("mark",),
    "score_references": ("drawn_from",),
}


# Words of other systems may be those of the company by chance: "starter" is a size.
@for_each(sorted(p.stem for p in SEEDS.glob("*.csv") if p.stem != "source_words"), str)
def test_no_seed_names_anything_of_the_demonstration_company(seed):
    names = {
        row[column].lower()
        for catalogue, columns in NAMED.items()
        for row in rows(catalogue, INVENTED)
        for column in columns
    }
    assert len(names) > 30
    cells = {(cell or "").lower() for row in rows(seed) for cell in row.values()}
    assert cells & names == set()
    assert not any("demonstration" in cell for cell in cells)


def test_every_list_of_the_demonstration_company_is_a_landed_catalogue():
    declared = {
        node["name"]: [*node["columns"]]
        for node in manifest()["sources"].values()
        if node["source_name"] == "catalogue"
    }
    lists = {path.stem: path.read_text().splitlines()[0] for path in INVENTED.glob("*.csv")}
    assert set(lists) == set(declared) - {"words"}
    for name, header in lists.items():
        assert set(header.split(",")) <= set(declared[name]), name


def test_the_bands_of_all_versions_have_the_same_order():
    # An account that changes its model keeps its band, by its number.
    orders = {
        version: [
            (r["band_order"], r["band"])
            for r in rows("score_bands")
            if r["model_version_id"] == version
        ]
        for version in versions()
    }
    assert len({tuple(order) for order in orders.values()}) == 1, orders


@pytest.mark.parametrize(
    ("family", "seed", "column"),
    [
        ("component", "score_components", "component"),
        ("condition", "score_override_rules", "condition"),
    ],
)
def test_what_a_seed_names_has_a_file_and_an_entry_and_the_other_way_round(family, seed, column):
    files = {path.stem.removeprefix(f"{family}_") for path in family_files(family)}
    listed = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"][f"health_{family}s"]
    assert len(listed) == len(set(listed))
    assert set(listed) == files == {r[column] for r in rows(seed)}


def family_files(family):
    return sorted((PROJECT / "models/marts/health" / f"{family}s").glob(f"{family}_*.sql"))


# How long somebody has been a customer, or has to go, moves without anybody doing anything.
CLOCK = re.compile(
    r"tenure|renewal|days_(to|until|left)|first_date|started_on|signed_up|\bage\b|_age_|lifetime"
)
OBSTACLE = re.compile(r"^ {4}case\b(?:(?!^ {4}case\b).)*? as unavailable_reason$", re.M | re.S)
PROTECTED = re.compile(
    r"gender|\bsex\b|birth|\bage\b|age_band|ethnic|religio|national|disab|marital|pregnan|country|region"
)


@for_each(family_files("component"), lambda path: path.stem)
def test_the_value_of_a_component_is_no_clock(path):
    # A clock may say that it is too early to ask, or whom to ask; nothing else.
    text = OBSTACLE.sub("", path.read_text())
    values = [line for line in text.splitlines() if "onboarding_days_at_most" not in line]
    assert [line for line in values if CLOCK.search(line)] == []


@for_each(family_files("component") + family_files("condition"), lambda path: path.stem)
def test_no_protected_attribute_of_a_person_is_scored(path):
    assert not PROTECTED.search(path.read_text())


def test_every_event_belongs_to_a_known_feature_or_to_none():
    features = {r["feature_id"] for r in rows("feature_catalog", INVENTED)} | {""}
    assert {r["feature_id"] for r in rows("event_catalog", INVENTED)} <= features


MEASURES = {"active_users", "core_events", "core_features", "feature_core_events"}


def test_exactly_one_activation_rule_is_chosen_and_a_rule_has_one_length():
    rules = rows("activation_rules")
    assert len({r["rule_id"] for r in rules if r["is_chosen"] == "true"}) == 1
    for rule_id in {r["rule_id"] for r in rules}:
        conditions = [r for r in rules if r["rule_id"] == rule_id]
        assert len({(r["within_days"], r["label"], r["is_chosen"]) for r in conditions}) == 1
        assert len({(r["measure"], r["subject"]) for r in conditions}) == len(conditions)


STEPS = {
    "activation_rules": SEEDS,
    "onboarding_milestones": SEEDS,
    "onboarding_milestones of the demonstration company": INVENTED,
}


@pytest.mark.parametrize("steps", STEPS)
def test_a_condition_names_a_known_measure_and_a_feature_only_where_it_needs_one(steps):
    # A seed knows no feature of anybody.
    features = (
        {r["feature_id"] for r in rows("feature_catalog", INVENTED) if r["is_core"] == "true"}
        if STEPS[steps] == INVENTED
        else set()
    )
    for row in rows(steps.split()[0], STEPS[steps]):
        assert row["measure"] in MEASURES
        assert (row["measure"] == "feature_core_events") == (row["subject"] in features), row


@pytest.mark.parametrize("folder", [SEEDS, INVENTED])
def test_milestones_have_one_order(folder):
    orders = [int(r["milestone_order"]) for r in rows("onboarding_milestones", folder)]
    assert orders == sorted(set(orders))


def rules(name):
    """Return the arguments of a rule in the build, by the seed that it is asked of."""
    found = {}
    for node in manifest()["nodes"].values():
        metadata = node.get("test_metadata") or {}
        kind, _, seed = (node.get("attached_node") or "").rpartition(".")
        if metadata.get("name") == name and kind.startswith("seed."):
            found.setdefault(seed, []).append(metadata["kwargs"])
    return found


# What the tests above say of the files in the repository, a run says of the files of the company.
@for_each(sorted(path.stem for path in SEEDS.glob("*.csv")), str)
def test_a_run_stops_where_a_seed_breaks_the_rules_that_its_columns_ask_for(seed):
    # A seed may have no rows yet.
    columns = set((SEEDS / f"{seed}.csv").read_text().splitlines()[0].split(","))
    (key,) = [arguments["columns"] for arguments in rules("grain").get(seed, [])]
    assert set(key) <= columns
    if "valid_from" in columns:
        assert seed in rules("never_overlaps")
    if "weight" in columns:
        assert seed in rules("sums_to_one")
    if columns & {"point_number", "band_order"} and seed != "session_length_bands":
        assert seed in rules("always_rises")
    if any("price" in column for column in columns):
        assert any("price" in given["column_name"] for given in rules("lies_between")[seed])


LANDED = {
    "plans": ("int_plans_catalogued", {"grain", "lies_between"}),
    "feature_catalog": ("int_features_catalogued", {"grain", "lies_between", "never_overlaps"}),
    "event_catalog": ("int_event_kinds_catalogued", {"grain"}),
    "onboarding_milestones": ("int_onboarding_milestones_catalogued", {"grain", "lies_between"}),
    "score_references": ("int_score_references_dated", {"grain"}),
    "cut_points": ("int_cut_points_dated", {"grain", "always_rises"}),
}


@for_each(LANDED, str)
def test_a_run_stops_where_a_landed_catalogue_breaks_its_rules(catalogue):
    model, asked = LANDED[catalogue]
    checked = {
        (node["attached_node"].split(".")[-1], node["test_metadata"]["name"])
        for node in manifest()["nodes"].values()
        if node.get("test_metadata") and (node.get("attached_node") or "").startswith("model.")
    }
    assert {(model, name) for name in asked} <= checked
    assert (f"stg_catalogue__{catalogue}", "says_one_thing") in checked


# What a component reads -> what must have happened for it to change. Whoever gave no such sign is
# taken to be asleep and measured once a week, so a source that is forgotten here would be, too.
SIGNS_OF = {
    "int_account_activations": {"fct_account_activity_daily"},
    "int_account_csat_120d": {"fct_surveys"},
    "fct_account_engagement_daily": {"fct_account_activity_daily"},
    "fct_account_milestones": {"fct_account_activity_daily"},
    "int_account_reopens_90d": {"fct_tickets", "fct_open_tickets_daily"},
    "int_account_rhythms_daily": {"fct_account_activity_daily"},
    "int_account_roles_daily": {"fct_account_activity_daily"},
    "int_feature_breadth_daily": {"fct_account_activity_daily"},
    "int_nps_180d": {"fct_surveys"},
    "int_payments_overdue_daily": {"int_payments_overdue_daily"},
    "fct_reliability_28d": {"int_errors_daily", "int_performance_daily"},
    "fct_subscriptions_daily": {"int_subscription_items_dated"},
    "fct_support_28d": {"fct_tickets", "fct_open_tickets_daily"},
}
# The same for all accounts, or the days themselves.
OF_NO_ACCOUNT = {"activation_rules", "dim_source_coverage", "int_measured_account_days"}


@for_each(family_files("component"), lambda path: path.stem)
def test_whatever_a_component_reads_wakes_an_account_that_sleeps(path):
    read = set(re.findall(r"ref\('(\w+)'\)", path.read_text())) - OF_NO_ACCOUNT
    assert read
    assert read <= set(SIGNS_OF), f"say in SIGNS_OF what changes {read - set(SIGNS_OF)}"
    measured = (PROJECT / "models/intermediate/health/int_scored_account_days.sql").read_text()
    signs = set(re.findall(r"^    \('(\w+)', ", measured, re.MULTILINE))
    assert set().union(*(SIGNS_OF[model] for model in read)) <= signs
