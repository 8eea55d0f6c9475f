"""What the loader takes from the sources YAML, and what it refuses to guess."""

from dataclasses import replace

import pytest

from orchestration.landing.contract import Column, RefusalRule, SourceTable, declared_tables
from orchestration.landing.errors import ContractError, MissingSource
from orchestration.landing.required import require_sources


def manifest(**changes: object) -> dict:
    source = {
        "source_name": "shop",
        "name": "orders",
        "identifier": "shop_orders",
        "schema": "raw",
        "config": {
            "meta": {
                "required": True,
                "identity": ["id"],
                "seed": "orders",
                "refuse_when": [{"reason": "too old", "condition": "placed_at < '2000-01-01'"}],
            }
        },
        "columns": {
            "id": {
                "name": "id",
                "data_type": "varchar",
                "config": {"meta": {"required": True, "personal": True}},
            },
            "placed_at": {
                "name": "placed_at",
                "data_type": "TIMESTAMP",
                "meta": {"required": True},
            },
            "note": {"name": "note", "data_type": "varchar", "config": {"meta": {}}},
        },
        **changes,
    }
    run = {"source_name": "run", "name": "loads", "identifier": "loads", "columns": {}}
    return {"sources": {"source.x.shop.orders": source, "source.x.run.loads": run}}


def test_a_source_table_is_read_from_the_manifest():
    assert declared_tables(manifest()) == [
        SourceTable(
            system="shop",
            name="orders",
            identifier="shop_orders",
            required=True,
            columns=(
                Column("id", "varchar", required=True, personal=True),
                Column("placed_at", "timestamp", required=True),
                Column("note", "varchar"),
            ),
            refuse_when=(RefusalRule("too old", "placed_at < '2000-01-01'"),),
            identity=("id",),
            seed="orders",
        )
    ]


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ({"name": "a", "data_type": "money"}, "the data_type 'money'; expected one of varchar"),
        ({"name": "a"}, "the data_type ''; expected one of varchar"),
        (
            {"name": "_file", "data_type": "varchar"},
            "names a column '_file'; expected a letter",
        ),
        (
            {
                "name": "a",
                "data_type": "varchar",
                "config": {"meta": {"personal": True, "identifies": "somebody"}},
            },
            "identifies: 'somebody' .*expected one of person, device, address on a varchar",
        ),
        (
            {
                "name": "a",
                "data_type": "integer",
                "config": {"meta": {"personal": True, "identifies": "person"}},
            },
            r"column a \(integer, personal: True\) .*on a varchar",
        ),
        (
            {"name": "a", "data_type": "varchar", "config": {"meta": {"remains": "left(a, 1)"}}},
            "personal: False.*only where personal is true",
        ),
    ],
)
def test_a_column_that_cannot_be_loaded_is_named(column, found):
    with pytest.raises(ContractError, match=found):
        declared_tables(manifest(columns={"a": column}))


def test_a_new_column_of_the_contract_is_added_to_the_table(company, plans):
    company.put("one.jsonl", '{"plan": "a", "price": 3}', folder="shop/plans")
    company.land([plans])
    wider = replace(plans, columns=(*plans.columns, Column("colour", "varchar")))
    company.put("two.jsonl", '{"plan": "b", "colour": "red"}', folder="shop/plans")
    company.land([wider])
    assert company.rows("select plan, price, colour from raw.shop_plans order by 1") == [
        ("a", 3, None),
        ("b", None, "red"),
    ]


def test_a_changed_type_is_named_and_changes_nothing(company, plans):
    company.land([plans])
    changed = replace(plans, columns=(plans.columns[0], Column("price", "varchar")))
    with pytest.raises(
        ContractError, match=r"Column price of raw.shop_plans is bigint in the ware"
    ):
        company.land([changed])


def test_a_refusal_rule_that_is_no_sql_is_named(company, plans):
    broken = replace(plans, refuse_when=(RefusalRule("odd", "prize < 0"),))
    with pytest.raises(
        ContractError, match=r"shop/plans refuses lines when 'prize < 0', which is no"
    ):
        company.land([broken])


def test_what_remains_of_an_erased_value_must_be_sql(company, plans):
    price = replace(plans.columns[1], personal=True, remains="prize - 1")
    broken = replace(plans, columns=(plans.columns[0], price))
    with pytest.raises(
        ContractError, match=r"shop/plans lets 'prize - 1' remain of column price .* no valid SQL"
    ):
        company.land([broken])


def test_a_required_source_without_rows_is_named_with_what_is_expected(company, orders, plans):
    company.land()
    with company.warehouse.reading() as connection, pytest.raises(MissingSource) as raised:
        require_sources(connection, [orders, plans], company.landing)
    assert f"shop/orders: expected files in {company.landing}/shop/orders/" in str(raised.value)
    assert "with the columns id, placed_at; no file was found there" in str(raised.value)
    assert "make demo" in str(raised.value)
    assert "shop/plans" not in str(raised.value)


def test_a_required_source_of_which_nothing_could_be_used_points_to_quarantine(company, orders):
    company.put("one.jsonl", "bad")
    company.put("two.jsonl", "")
    company.land()
    with (
        company.warehouse.reading() as connection,
        pytest.raises(MissingSource, match=r"1 file\(s\) were refused and 1 line\(s\) quarantined"),
    ):
        require_sources(connection, [orders], company.landing)


def test_a_required_source_with_a_row_is_enough(company, orders):
    company.put("one.jsonl", '{"id": "a", "placed_at": "2026-01-31T10:00:00Z"}')
    company.land()
    with company.warehouse.reading() as connection:
        require_sources(connection, [orders], company.landing)
