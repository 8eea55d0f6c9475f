"""The keys of a step are put together once, and as before when the step is over."""

import dagster as dg
import pytest

from orchestration.dbt_runner.output_keys import keys_put_together_once


@dg.multi_asset(specs=[dg.AssetSpec("one"), dg.AssetSpec("two", deps=["one"])])
def both():
    with keys_put_together_once():
        yield dg.MaterializeResult(asset_key="one")
        yield dg.MaterializeResult(asset_key="two")


def test_the_keys_are_those_that_dagster_puts_together_and_one_set():
    anew = both.asset_and_check_keys
    assert both.asset_and_check_keys is not anew
    with keys_put_together_once():
        once = both.asset_and_check_keys
        assert both.asset_and_check_keys is once
    assert once == anew == {dg.AssetKey("one"), dg.AssetKey("two")}


def test_a_step_that_tells_its_outputs_so_is_recorded_as_ever():
    result = dg.materialize([both])
    keys = [event.asset_key.to_user_string() for event in result.get_asset_materialization_events()]
    assert keys == ["one", "two"]


def test_dagster_has_its_own_way_again_whatever_happens():
    before = dg.AssetsDefinition.__dict__["asset_and_check_keys"]

    def told():
        with keys_put_together_once():
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        told()
    assert dg.AssetsDefinition.__dict__["asset_and_check_keys"] is before
