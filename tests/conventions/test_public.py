"""What people open is a promise: who makes it, what it answers, and that nothing else gets out."""

from orchestration.assets.exports import declared_exports
from orchestration.dashboard.account_pages import ACCOUNT_TABLES, SOURCES
from orchestration.dashboard.declaration import declared_pages
from orchestration.dashboard.site import SHOWN
from orchestration.publication.relations import page_relations, relations
from orchestration.reporting.facts import with_schema
from orchestration.reporting.tables import TABLES
from tests.conventions.manifest import layer, manifest, models
from tests.conventions.rules import for_each

PUBLIC = [model for model in models() if model["config"]["access"] == "public"]
BY_NAME = {model["name"]: model for model in models()}


EXPOSURES = {found["name"]: found for found in manifest()["exposures"].values()}


def stored(tables):
    return {table.stored_as or name for name, table in tables.items()}


READ_BY = {
    "health_report": stored(TABLES),
    "account_pages": stored(ACCOUNT_TABLES) | {source.table for source in SOURCES},
    # What the checks found is no model.
    "dashboard": stored(SHOWN)
    | {table for page in declared_pages() for one in page.sections for table in one.read()}
    - {"expectation_results"},
}


def file_of(model):
    return model["original_file_path"]


@for_each(PUBLIC, file_of)
def test_a_public_model_has_a_contract_a_question_and_an_owner(model):
    assert layer(model) in ("marts", "reports"), "only marts and reports are public"
    assert model["config"]["contract"]["enforced"], "its YAML needs contract: {enforced: true}"
    question = model["config"]["meta"].get("question", "")
    assert question.endswith("?"), "its YAML needs meta.question, the question that it answers"
    group = manifest()["groups"].get(f"group.customer_health.{model['config'].get('group')}")
    assert group, "it is in no group of _groups.yml: its folder needs one in dbt_project.yml"
    assert group["owner"]["name"], f"group {group['name']} has no owner in _groups.yml"


@for_each(declared_exports(manifest()), lambda export: export.model)
def test_only_what_is_public_is_exported(export):
    model = BY_NAME[export.model]
    assert model in PUBLIC, f"{file_of(model)} is exported but not public: exports are published"


@for_each(relations(manifest()), lambda relation: relation.table)
def test_only_what_is_public_is_published(relation):
    assert BY_NAME[relation.name] in PUBLIC


@for_each((TABLES | ACCOUNT_TABLES).items(), lambda entry: entry[0])
def test_the_page_reads_only_what_is_published_or_made_for_it(entry):
    name, table = entry
    copied = {one.table for one in (*relations(manifest()), *page_relations(manifest()))}
    stored = with_schema(table.stored_as or name)
    assert stored in copied, f"{stored} is neither public nor a report, so no page can read it"


def test_the_semantic_layer_reads_only_public_tables():
    read = {
        node.removeprefix("model.customer_health.")
        for semantic in manifest()["semantic_models"].values()
        for node in semantic["depends_on"]["nodes"]
    }
    assert "fct_user_activity_daily" in read
    assert read - {model["name"] for model in PUBLIC} == set()


def test_there_are_no_more_public_tables_than_a_person_can_know():
    assert 80 <= len(relations(manifest())) <= 110


@for_each(READ_BY.items(), lambda entry: entry[0])
def test_an_exposure_names_every_table_that_its_pages_read_and_no_other(entry):
    exposure, read = entry
    named = {node.split(".")[-1] for node in EXPOSURES[exposure]["depends_on"]["nodes"]}
    assert named == read, f"not named, or not read: {', '.join(sorted(named ^ read))}"


@for_each([model for model in models() if layer(model) == "reports"], file_of)
def test_a_table_for_the_pages_alone_is_on_one(model):
    readers = manifest()["child_map"][model["unique_id"]]
    read = [reader for reader in readers if reader.split(".")[0] in ("model", "exposure")]
    assert model in PUBLIC or read, "no model and no page reads it: delete it, or make it public"
