"""Steps stand in front of a model as dbt would put them, whatever the model begins with."""

import pytest

from orchestration.dbt_runner import steps_within
from orchestration.dbt_runner.steps_within import dbts_own, steps_put_in_front, with_steps
from orchestration.private_interfaces.of_dbt import InjectedCTE, compilation

STEPS = [
    InjectedCTE(id="model.x.one", sql=" __dbt__cte__one as (\nselect 1 as a -- with a\n)"),
    InjectedCTE(id="model.x.two", sql=" __dbt__cte__two as (\nwith b as (select 2) select 2\n)"),
]
TEXTS = [
    "with a as (select 1) select * from a",
    "\n\n-- with care; twice\nwith\n\na as (select ';' as b)\n\nselect * from a\n",
    "/* with\n more */ WITH Recursive a as (select 1 union all select * from a) select 1",
    "with recursive\na as (select 1) select 1",
    "select * from one union all select * from two",
    "\n\n    -- of each\n    select 1 as with_care",
]


def words(text):
    return text.replace(",", " , ").split()


@pytest.mark.parametrize("text", TEXTS)
def test_steps_are_put_where_dbt_puts_them(text):
    found = with_steps(text, STEPS)
    assert "".join(words(found)) == "".join(words(dbts_own(text, STEPS)))
    assert "__dbt__cte__one" in found
    assert "__dbt__cte__two" in found


@pytest.mark.parametrize("text", ["withdrawn", "from one", "(select 1)", ""])
def test_any_other_text_is_left_to_dbt(text, monkeypatch):
    monkeypatch.setattr(steps_within, "dbts_own", lambda sql, steps: f"dbt: {sql}")
    assert with_steps(text, STEPS) == f"dbt: {text}"


def test_a_model_without_steps_is_left_as_it_is():
    assert with_steps("select 1", []) == "select 1"


def test_dbt_has_its_own_way_again_whatever_happens():
    def build():
        with steps_put_in_front():
            assert compilation.inject_ctes_into_sql is with_steps
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        build()
    assert compilation.inject_ctes_into_sql is dbts_own


def test_all_models_of_the_project_read_the_same(built):
    compiled = built.settings.warehouse.parent / "dbt/compiled/customer_health/models"
    texts = [text for path in compiled.rglob("*.sql") if (text := path.read_text()).strip()]
    assert len(texts) > 300
    for text in texts[::10]:
        assert "".join(words(with_steps(text, STEPS))) == "".join(words(dbts_own(text, STEPS)))
