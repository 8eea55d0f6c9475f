"""The unit tests beside the models and the tests of formulas, which a run leaves out.

dbt runs all of them at once, as starting it takes longer than they do; each is told by itself.
"""

import shutil

import pytest

from orchestration.dbt_runner.in_process import invoke
from tests.conftest import settings_in
from tests.conventions.manifest import manifest


def proofs() -> dict[str, str]:
    """Return what proves a model or formula: its identifier in dbt, by the name of the test."""
    formulas = (node for node in manifest()["nodes"].values() if "formula" in node.get("tags", []))
    found = [*manifest()["unit_tests"].values(), *formulas]
    return {node["name"]: node["unique_id"] for node in sorted(found, key=lambda n: n["name"])}


@pytest.fixture(scope="module")
def outcomes(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unit_tests")
    settings = settings_in(folder, built.settings.landing)
    settings.warehouse.parent.mkdir()
    shutil.copy(built.settings.warehouse, settings.warehouse)
    command = ["test", "--select", "test_type:unit", "tag:formula"]
    result = invoke(settings, command, folder / "dbt", lambda event: None, with_proofs=True)
    assert result.result is not None, result.exception
    return {one.node.unique_id: one for one in result.result}


@pytest.mark.parametrize("name", proofs())
def test_a_unit_test_beside_a_model_passes(outcomes, name):
    outcome = outcomes[proofs()[name]]
    assert outcome.status == "pass", outcome.message


def test_all_of_them_were_run_and_nothing_else_was(outcomes):
    assert set(outcomes) == set(proofs().values())
    assert len(outcomes) >= 180
