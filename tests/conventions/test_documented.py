import re
from pathlib import Path

from tests.conventions.manifest import (
    landed_sources,
    layer,
    manifest,
    models,
    name_of,
)
from tests.conventions.rules import for_each

ROOT = Path(__file__).parents[2]
CLOCKS = re.compile(
    r"\b(current_date|current_timestamp|now\(\)|today\(\)|getdate)\b", re.IGNORECASE
)
# Families are tested once, in their union; staging is as wide and as often as the source.
FAMILIES = ("metric_", "component_", "condition_")
WITHOUT_GRAIN = ("stg_", *FAMILIES)
# The rest of them a metric does not compile without.
SAID_OF_A_METRIC = {
    *("definition", "label", "unit", "direction", "window_days", "kind", "min_n", "source"),
    *("needs", "owner", "matures_later", "history_days"),
}
KINDS = {"count", "ratio", "proportion", "log_change", "log_ratio", "measured"}
NO_KEY = {
    # Steps of fct_metrics_daily and int_health_measurements_daily, which have the same rows.
    "int_metric_measurements_daily",
    "int_component_measurements_daily",
    "int_component_sources",
    "int_health_measurements_daily",
    "int_component_scores_daily",
    "int_component_values_carried_forward_daily",
    # A view; the grain of its rows is tested where they are first kept, in int_events_identified.
    "int_events_deduplicated",
    "int_champions_matched_to_accounts",
}


@for_each(models(), name_of)
def test_a_model_says_what_it_is_and_what_one_row_is(model):
    sentences = model["description"].strip().split(". ")
    assert sentences[-1].startswith("One row per "), model["description"]
    assert len(sentences) > 1, "the first sentence says what it is"


def columns_selected(model):
    """Return the columns of the last select of a file, in no order."""
    listed = model["raw_code"].rsplit("\nselect\n", 1)[1].split("\nfrom ", 1)[0]
    return set(re.findall(r"(?:^    (?:\w+\.)?|\bas )(\w+)(?:,$|\Z)", listed, re.MULTILINE))


def columns_of_a_metric(meta):
    """Return the columns that a metric of this kind selects, and no others."""
    columns = {"metric_date", "dimension", "segment", "numerator", "denominator", "sample_size"}
    if meta["kind"] == "measured":
        columns |= {"metric_value", "interval_low", "interval_high"}
    if meta.get("matures_later"):
        columns |= {"matures_on"}
    return columns


def columns_of_a_component(meta):
    """Return the columns that a component selects, and no others."""
    columns = {"account_id", "score_date", "numerator", "denominator", "sample_size"}
    return columns | {"measured_on", "unavailable_reason"} | {meta.get("as_of", "score_date")}


COLUMNS_OF = {
    "metric": columns_of_a_metric,
    "component": columns_of_a_component,
    "condition": lambda meta: {"account_id", "score_date", "condition_value"},
}


@for_each(models(), name_of)
def test_every_column_is_described_by_more_than_its_name(model):
    if model["name"].startswith(FAMILIES):
        # Described by the union of the family, which asks for them by name.
        family = model["name"].split("_")[0]
        assert columns_selected(model) == COLUMNS_OF[family](model["config"]["meta"])
        return
    # Of a step only those columns are described whose name and SQL leave something to say.
    assert model["columns"] or layer(model) == "intermediate", "no columns in the YAML"
    for column in model["columns"].values():
        assert column["description"], f"{model['name']}.{column['name']} is not described"
        assert column["description"].rstrip(".").lower() != column["name"].replace("_", " ")
        assert column["data_type"], f"{model['name']}.{column['name']} has no data_type"


@for_each(models(), name_of)
def test_a_model_has_a_grain_test(model):
    if model["name"].startswith(WITHOUT_GRAIN) or model["name"] in NO_KEY:
        return
    if model["config"]["materialized"] == "ephemeral":
        # It is in no database; what reads it is asked.
        return
    tests = [
        node
        for node in manifest()["nodes"].values()
        if node["resource_type"] == "test"
        and (node.get("test_metadata") or {}).get("name") == "grain"
        and model["unique_id"] in node["depends_on"]["nodes"]
    ]
    assert len(tests) == 1, f"{model['name']} needs a grain test in its YAML"


@for_each(sorted((ROOT / "dbt_project/models").rglob("*.sql")), lambda p: p.stem)
def test_a_model_has_no_clock_and_is_short(path):
    text = path.read_text()
    assert not CLOCKS.search(text), "time is an input: read as_of_date from stg_run__parameters"
    assert len(text.splitlines()) <= 120, "split it"


@for_each(landed_sources(), lambda source: source["identifier"])
def test_every_source_column_has_a_type_and_a_meaning(source):
    for column in source["columns"].values():
        assert column["data_type"]
        assert column["description"]


@for_each(landed_sources(), lambda source: source["identifier"])
def test_personal_columns_leave_staging_only_as_pseudonyms_or_derived(source):
    model = next(
        m for m in models() if m["name"] == f"stg_{source['source_name']}__{source['name']}"
    )
    sql = model["raw_code"]
    for column in source["columns"].values():
        meta = column.get("config", {}).get("meta") or column.get("meta") or {}
        if not meta.get("personal"):
            continue
        plain = re.compile(rf"^\s*{column['name']}( as \w+)?,?$", re.MULTILINE)
        assert not plain.search(sql), f"{column['name']} passes {model['name']} in the clear"


@for_each(landed_sources(), lambda source: source["identifier"])
def test_a_column_of_a_user_says_that_it_identifies_a_person(source):
    for name, column in source["columns"].items():
        if name.endswith("user_id"):
            assert column["config"]["meta"]["identifies"] == "person", name


def test_every_macro_file_says_what_it_is_for():
    for path in (ROOT / "dbt_project/macros").rglob("*.sql"):
        assert path.read_text().startswith("{#-"), f"{path.name} begins without its comment"


def test_a_metric_says_nothing_that_nobody_reads():
    for model in models():
        if model["name"].startswith("metric_"):
            meta = model["config"]["meta"]
            assert set(meta) <= SAID_OF_A_METRIC, model["name"]
            assert meta["kind"] in KINDS


@for_each(manifest()["unit_tests"].values(), lambda unit_test: unit_test["name"])
def test_a_unit_test_gives_only_what_its_model_reads(unit_test):
    model = next(m for m in models() if m["name"] == unit_test["model"])
    names = {unique_id.split(".")[-1] for unique_id in model["depends_on"]["nodes"]}
    for given in unit_test["given"]:
        inputs = re.findall(r"'(\w+)'\)$", given["input"].replace('"', "'"))
        assert inputs or given["input"] == "this", given["input"]
        assert names.issuperset(inputs), f"{inputs[0]} is not read by the model"
