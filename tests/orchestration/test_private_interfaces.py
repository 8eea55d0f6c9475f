"""What is taken from the insides of the frameworks stands in one place, and was tried."""

import ast
from importlib.metadata import version
from pathlib import Path

import pytest

from orchestration.private_interfaces import KNOWN_TO_HOLD
from orchestration.settings.environment import ROOT

# Of dbt, its own documentation for programs names this one module.
DOCUMENTED = {"dagster", "dagster_dbt", "dbt.cli.main"}
FRAMEWORKS = {"dagster", "dagster_dbt", "dbt", "dbt_common", "dbt_semantic_interfaces"}
HOME = ROOT / "orchestration" / "private_interfaces"
CODE = ["orchestration", "expectations", "data", "tests"]


def private_imports(text):
    """Return the modules of frameworks that a text imports and that nobody documents."""
    imported = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module)
    return {
        name for name in imported if name.split(".")[0] in FRAMEWORKS and name not in DOCUMENTED
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import dagster as dg", set()),
        ("from dagster_dbt import dbt_assets", set()),
        ("from dbt.cli.main import dbtRunner", set()),
        ("def f():\n    from dagster._utils import x", {"dagster._utils"}),
        ("from dagster_dbt.asset_utils import x", {"dagster_dbt.asset_utils"}),
        ("import dbt.adapters.duckdb", {"dbt.adapters.duckdb"}),
        ("from dbt_common.events import x", {"dbt_common.events"}),
    ],
)
def test_an_import_from_the_insides_of_a_framework_is_seen_wherever_it_stands(text, found):
    assert private_imports(text) == found


def test_nothing_else_imports_from_the_insides_of_the_frameworks():
    offenders = {
        str(path.relative_to(ROOT)): sorted(found)
        for folder in CODE
        for path in sorted((ROOT / folder).rglob("*.py"))
        if HOME not in path.parents and (found := private_imports(path.read_text()))
    }
    assert offenders == {}, f"import it in {HOME.relative_to(ROOT)} and from there"


def test_dagsters_stores_are_named_by_the_module_that_watches_over_them():
    text = Path(ROOT / "orchestration" / "dagster_instance.py").read_text()
    assert "dagster._" not in text


@pytest.mark.parametrize("distribution", KNOWN_TO_HOLD)
def test_the_installed_version_is_one_for_which_they_are_known_to_hold(distribution):
    installed = version(distribution)
    assert installed in KNOWN_TO_HOLD[distribution], (
        f"{distribution} {installed} is new here: run make test, and where it passes add the "
        "version in orchestration/private_interfaces/__init__.py"
    )
