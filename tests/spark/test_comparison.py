"""The comparison of the engines finds what differs, and nothing else."""

import duckdb
import pytest

from orchestration.spark.comparison import compare


@pytest.fixture
def asked():
    with duckdb.connect() as connection:
        yield lambda here, there: compare(connection, here, there)


def test_rows_in_any_order_of_any_columns_are_equal(asked):
    here = "select * from (values (1, 'a'), (2, null)) as rows_here (number, word)"
    there = "select * from (values (null, 2), ('a', 1)) as rows_there (word, number)"
    assert not asked(here, there)


def test_a_double_counts_to_twelve_digits(asked):
    assert not asked("select 0.1::double + 0.2::double as x", "select 0.3::double as x")
    assert not asked("select -0.0::double as x", "select 0::double as x")
    assert asked("select 1.00000000001::double as x", "select 1::double as x")


def test_a_planted_value_is_found_and_shown(asked):
    found = asked("select 1 as account, 1.5::double as x", "select 1 as account, 1.6::double as x")
    assert (found.only_here, found.only_there) == (1, 1)
    assert "1.5" in found.examples[0]
    assert "1.6" in found.examples[1]


def test_a_row_once_too_often_is_found(asked):
    assert asked("select 1 as x", "select 1 as x union all select 1").only_there == 1


def test_nothing_is_not_null_and_null_is_not_zero(asked):
    assert asked("select null::double as x", "select 0::double as x")
    assert asked("select 1 as x where false", "select null::integer as x")


def test_a_column_that_one_has_not_is_named(asked):
    assert asked("select 1 as x, 2 as y", "select 1 as x").columns == ("y",)
