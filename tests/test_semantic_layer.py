"""The semantic layer answers what fct_metrics_daily says, computed by MetricFlow from the marts."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from orchestration.dbt_runner.manifest import prepare_manifest

pytestmark = pytest.mark.exhaustive

ROOT = Path(__file__).parents[1]
DECLARED = ROOT / "dbt_project/models/marts/_semantic_models.yml"


def test_metricflow_and_fct_metrics_daily_give_the_same_values(
    built, warehouse_reading, copied, tmp_path
):
    prepare_manifest(built.settings)
    metrics = [metric["name"] for metric in yaml.safe_load(DECLARED.read_text())["metrics"]]
    with warehouse_reading() as connection:
        expected = {
            (metric, str(day)): value
            for metric, day, value in connection.execute(
                "select metric, metric_date, metric_value from marts.fct_metrics_daily "
                "where dimension = 'all' and status = 'ok'"
            ).fetchall()
            if metric in metrics
        }
    compared = sorted({metric for metric, _ in expected})
    assert len(compared) >= 6, compared
    answers = ask(copied.warehouse, compared, tmp_path / "answers.csv")
    found = {
        (metric, row["metric_time__day"][:10]): float(row[metric] or 0)
        for row in answers
        for metric in compared
    }
    assert len(expected) > 500
    different = {
        key: (value, found.get(key))
        for key, value in expected.items()
        if abs(value - found.get(key, -1)) > 1e-9
    }
    assert different == {}


def ask(warehouse: Path, metrics: list[str], answers: Path) -> list[dict[str, str]]:
    surroundings = {
        **os.environ,
        "WAREHOUSE": str(warehouse),
        # As the activated environment has them; the profile names a module of ours.
        "DBT_PROFILES_DIR": str(ROOT / "profiles"),
        "PYTHONPATH": str(ROOT),
        "DO_NOT_TRACK": "1",
    }
    command = [str(Path(sys.executable).parent / "mf"), "query", "--metrics", ",".join(metrics)]
    command += ["--group-by", "metric_time__day", "--csv", str(answers)]
    asked = subprocess.run(
        command, cwd=ROOT / "dbt_project", env=surroundings, capture_output=True, text=True
    )
    assert asked.returncode == 0, asked.stdout + asked.stderr
    with answers.open() as lines:
        return list(csv.DictReader(lines))
