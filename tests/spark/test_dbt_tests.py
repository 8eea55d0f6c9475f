"""dbt's tests hold on Spark: those of the data, of keys and formulas, and the unit tests.

A run on Spark asks those of the data, too; it leaves out what proves the SQL.
"""

import pytest

from orchestration.dbt_runner.in_process import invoke
from orchestration.spark.session import start
from tests.conventions.manifest import manifest
from tests.test_unit_tests import proofs

pytestmark = pytest.mark.spark
pytest.importorskip("pyspark", reason="pyspark is not installed; make test-spark installs it")


# The first day, of which all is built, asks for no window.
@pytest.fixture(scope="module")
def outcomes(landed, built_later):
    start(landed.on_spark, small=True)
    target = landed.on_spark.warehouse.parent / "dbt"
    result = invoke(landed.on_spark, ["test"], target, lambda event: None, with_proofs=True)
    assert result.result is not None, result.exception
    return {one.node.unique_id: one for one in result.result}


def test_every_unit_test_and_test_of_a_formula_passes(outcomes):
    assert set(proofs().values()) <= set(outcomes)
    failed = {name: outcomes[one].message for name, one in proofs().items()
              if outcomes[one].status != "pass"}  # fmt: skip
    assert not failed


def test_every_test_of_the_data_passes(outcomes):
    asked = [name for name, node in manifest()["nodes"].items() if node["resource_type"] == "test"]
    assert set(asked) <= set(outcomes)
    failed = {one: outcomes[one].message for one in asked if outcomes[one].status != "pass"}
    assert not failed
