"""The unit tests beside the models and the tests of formulas, which a run leaves out."""

from orchestration.dbt_in_process import invoke


def test_every_unit_test_of_the_models_passes(copied, tmp_path):
    result = invoke(
        copied,
        ["test", "--select", "test_type:unit", "tag:formula"],
        tmp_path / "dbt",
        lambda event: None,
    )
    outcomes = {outcome.node.name: str(outcome.status) for outcome in result.result}
    assert len(outcomes) >= 180
    assert set(outcomes.values()) == {"pass"}, outcomes
