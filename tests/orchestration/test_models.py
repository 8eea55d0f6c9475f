import shutil
from dataclasses import replace

import dagster as dg
import pytest

from orchestration.dbt_runner.manifest import is_current, prepare_manifest
from orchestration.dbt_runner.project_error import ProjectError
from tests.orchestration.part_of_a_run import run_part, steps

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def own_project(copied, tmp_path):
    """Return settings with a copy of the dbt project that a test may break."""
    root = tmp_path / "root"
    skipped = shutil.ignore_patterns("logs", ".*")
    shutil.copytree(copied.dbt_project, root / "dbt_project", ignore=skipped)
    shutil.copytree(copied.profiles, root / "profiles")
    return replace(copied, root=root)


def test_a_model_that_breaks_its_contract_is_named_with_the_message_of_dbt(own_project):
    model = own_project.dbt_project / "models/reports/data/rpt_not_understood.sql"
    text = model.read_text()
    assert "    found.finding,\n" in text
    model.write_text(text.replace("    found.finding,\n", "    1 as finding,\n", 1))
    report = dg.AssetSelection.assets(["reports", "rpt_not_understood"])
    result, why = run_part(own_project, [], report)
    assert steps(result, "STEP_FAILURE") == {"models"}
    assert "model rpt_not_understood: Compilation Error" in why[0]
    assert "contract" in why[0]


def test_a_project_is_parsed_only_when_it_has_changed(own_project):
    prepare_manifest(own_project)
    assert is_current(own_project)
    written = own_project.manifest.stat().st_mtime_ns
    prepare_manifest(own_project)
    assert own_project.manifest.stat().st_mtime_ns == written
    (own_project.dbt_project / "models" / "docs.md").touch()
    assert not is_current(own_project)


def test_another_name_of_the_warehouse_needs_another_manifest(own_project):
    prepare_manifest(own_project)
    renamed = replace(own_project, warehouse=own_project.warehouse.with_name("acme.duckdb"))
    assert not is_current(renamed)


def test_a_project_that_dbt_cannot_read_is_answered_by_its_message(own_project):
    (own_project.dbt_project / "models" / "reports" / "broken.yml").write_text("models: [")
    with pytest.raises(ProjectError, match="dbt cannot read"):
        prepare_manifest(own_project)
