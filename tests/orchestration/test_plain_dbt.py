"""A dbt that is started by hand, without the environment of the project, opens the warehouse."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.settings.environment import ROOT

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("folder", "arguments"),
    [("dbt_project", []), (".", ["--project-dir", "dbt_project", "--profiles-dir", "profiles"])],
)
def test_a_plain_dbt_finds_profile_and_plugin_from_either_folder(tmp_path, folder, arguments):
    unset = ("PYTHONPATH", "DBT_PROJECT_DIR", "DBT_PROFILES_DIR")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    ended = subprocess.run(
        [str(Path(sys.executable).with_name("dbt")), "debug", "--connection", *arguments],
        cwd=ROOT / folder,
        env={**environment, "WAREHOUSE": str(tmp_path / "warehouse.duckdb")},
        capture_output=True,
        text=True,
    )
    assert "No module named" not in ended.stdout + ended.stderr
    assert ended.returncode == 0, ended.stdout
