"""Dagster's own tools find the definitions by what pyproject.toml says."""

import importlib
import json
import os
import subprocess
import sys
import tomllib

import pytest

from orchestration.settings.environment import NAMES, ROOT

pytestmark = pytest.mark.exhaustive

SAID = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]


def test_both_generations_of_tools_are_told_the_same_module_and_it_has_definitions():
    module = SAID["dg"]["project"]["code_location_target_module"]
    assert module == SAID["dagster"]["module_name"]
    assert callable(importlib.import_module(module).defs)


@pytest.fixture
def dg(tmp_path):
    pytest.importorskip(
        "dagster_dg_cli", reason="Dagster's tools are not installed: pip install -e '.[dev]'"
    )

    def run(*arguments, **more):
        return subprocess.run(
            [sys.executable, "-m", "dagster_dg_cli.cli", *arguments],
            cwd=ROOT,
            env={
                **dict.fromkeys(NAMES, ""),
                **os.environ,
                "WAREHOUSE": str(tmp_path / "warehouse.duckdb"),
                "DAGSTER_DISABLE_TELEMETRY": "1",
                **more,
            },
            capture_output=True,
            text=True,
        )

    return run


def test_dg_checks_and_lists_the_definitions(dg):
    checked = dg("check", "defs")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "All definitions loaded successfully." in checked.stdout + checked.stderr
    listed = dg("list", "defs", "--json")
    assert listed.returncode == 0, listed.stderr
    assert "so runs that start here" in listed.stderr
    found = json.loads(listed.stdout)
    assert {"daily", "weekly"} <= {job["name"] for job in found["jobs"]}
    assert {"activity", "health"} <= {asset["group_name"] for asset in found["assets"]}


def test_whoever_starts_runs_without_the_home_of_the_project_is_told(tmp_path):
    def loaded(home):
        code = "import orchestration.definitions as of; of.defs()"
        environment = {**dict.fromkeys(NAMES, ""), **os.environ, "DAGSTER_HOME": str(home)}
        return subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
            env={**environment, "WAREHOUSE": str(tmp_path / "warehouse.duckdb")},
        )  # fmt: skip

    without, within = loaded(tmp_path), loaded(tmp_path / "dagster")
    assert within.returncode == without.returncode == 0, within.stderr
    assert f"export DAGSTER_HOME={tmp_path / 'dagster'}" in without.stderr
    assert "DAGSTER_HOME" not in within.stderr
