"""The unit tests beside the models and the tests of formulas, which a run leaves out."""

from orchestration.dbt_in_process import invoke


def test_every_unit_test_of_the_models_passes(copied, tmp_path):
    result = invoke(
        copied,
        ["test", "--select", "test_type:unit", "tag:formula"],
        tmp_path / "dbt",
        lambda event: None,
    )
    assert len(result.result) >= 180
    failed = {one.node.name: one.message for one in result.result if one.status != "pass"}
    assert failed == {}
