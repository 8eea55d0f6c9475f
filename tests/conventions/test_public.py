"""What people open is a promise: who makes it, what it answers, and that nothing else gets out."""

from orchestration.assets.exports import declared_exports
from orchestration.dashboard.account_pages import ACCOUNT_TABLES
from orchestration.publication.relations import page_relations, relations
from orchestration.reporting.facts import with_schema
from orchestration.reporting.tables import TABLES
from tests.conventions.manifest import layer, manifest, models
from tests.conventions.rules import for_each

PUBLIC = [model for model in models() if model["config"]["access"] == "public"]
BY_NAME = {model["name"]: model for model in models()}


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


def test_there_are_no_more_public_tables_than_a_person_can_know():
    assert 80 <= len(relations(manifest())) <= 130
