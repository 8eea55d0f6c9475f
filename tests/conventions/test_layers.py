from expectations.catalogue import GATES, declared_suites
from tests.conventions.manifest import (
    FAMILIES,
    landed_sources,
    layer,
    manifest,
    models,
    name_of,
)
from tests.conventions.rules import for_each

# Marts are what people open; a step of the way may stand before one or between two.
LAYERS = {"staging": 0, "intermediate": 1, "marts": 1, "reports": 2}
PREFIXES = {
    "staging": ("stg_",),
    "intermediate": ("int_",),
    "marts": ("dim_", "fct_", "metric_", "component_", "condition_"),
    "reports": ("rpt_",),
}
BY_ID = {model["unique_id"]: model for model in models()}


@for_each(models(), name_of)
def test_a_model_reads_only_its_own_layer_or_an_earlier_one(model):
    for parent in model["depends_on"]["nodes"]:
        if parent.startswith("source."):
            assert layer(model) == "staging", f"only staging reads sources, not {model['name']}"
        elif parent in BY_ID and parent.split(".")[-1] != "stg_run__parameters":
            earlier = BY_ID[parent]
            assert LAYERS[layer(earlier)] <= LAYERS[layer(model)], (
                f"{model['name']} in {layer(model)} reads {earlier['name']} of the later "
                f"{layer(earlier)}: move the step that both need to the earlier layer"
            )


@for_each(models(), name_of)
def test_the_folder_of_a_model_decides_its_prefix_and_its_schema(model):
    assert model["name"].startswith(PREFIXES[layer(model)])
    assert model["schema"] == layer(model)


def test_every_landed_table_has_exactly_one_staging_model():
    staged = [model["name"] for model in models() if layer(model) == "staging"]
    for source in landed_sources():
        name = f"stg_{source['source_name']}__{source['name']}"
        assert staged.count(name) == 1, f"write models/staging/{source['source_name']}/{name}.sql"


@for_each(FAMILIES.items(), lambda family: family[0])
def test_every_file_of_a_family_is_in_its_union_and_nothing_else_is(family):
    prefix, union = family
    files = {m["unique_id"] for m in models() if m["name"].startswith(f"{prefix}_")}
    union_model = next(model for model in models() if model["name"] == union)
    members = {node for node in union_model["depends_on"]["nodes"] if f".{prefix}_" in node}
    assert members == files, "the list in dbt_project.yml must name every file of the family"


def test_the_list_of_landed_tables_says_what_the_sources_say():
    macro = manifest()["macros"]["macro.customer_health.landed_tables"]["macro_sql"]
    for source in landed_sources():
        assert f"'system': '{source['source_name']}', 'table': '{source['name']}'" in macro, (
            f"macros/landed_tables.sql has no line for {source['identifier']}"
        )
    assert macro.count("'system':") == len(landed_sources())


def test_every_suite_is_about_a_table_that_is_there():
    # A gate drops a check of a table that it does not know.
    there = {f"{layer(model)}.{model['name']}" for model in models()}
    there |= {f"raw.{s['identifier']}" for s in manifest()["sources"].values()}
    suites = {suite.table for gate in GATES for suite in declared_suites(gate)}
    assert not suites - there
