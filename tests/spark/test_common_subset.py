"""The SQL of the models means the same to both engines: the differences that no error tells.

Over the SQL that the run compiled, so that macros are asked, too.
"""

import math
import re

import pytest

from orchestration.settings.environment import ROOT
from tests.spark.dialect import relations_written_out, unlike_on_spark

BUILT = ("staging", "intermediate", "marts", "reports", "seeds")


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("select row_number() over (order by x) from t", "nulls last"),
        ("select lag(y) over (partition by z order by x) from t", "nulls last"),
        ("select cast(y / 2 as integer) from t", "floor or round"),
        ("select cast(1 + y / 2 as bigint) from t", "floor or round"),
        ("select y / 0 from t", "nullif"),
        ("select quantile_cont(cast(y as decimal(18, 2)), 0.5) from t", "double"),
        ("select sum(cast(y as decimal(18, 2))) / 3600 from t", "few digits"),
        ("select sum(cast(y as decimal(18, 2))) filter (where z) / 3600 from t", "few digits"),
        ("select sum(least(y, price)) / nullif(sum(price), 0) from t", "few digits"),
        (
            "with a as (select sum(cast(y as decimal(18, 2))) over (partition by z) as s from t) "
            "select cast(s / 60 as double) from a",
            "few digits",
        ),
        ("select 100.0 * (price - v.price) from t, v", "whole number"),
        ("select price * z / nullif(sum(price) over (partition by z), 0) from t", "few digits"),
        ("select round(avg(cast(y as decimal(18, 2))), 1) from t", "keeps it a decimal"),
        ("select price * price from t", "decimal(19"),
        ("select cast(y as decimal(18, 9)) * price * z from t", "decimal(19"),
        ("select extract(dow from y) from t", "Sunday"),
        ("select dayofweek(y) from t", "Sunday"),
        ("select regexp_replace(y, 'b', 'c') from t", "first hit"),
        ("select concat(y, 'b') from t", "skips nulls"),
        ("select x from t union all by name select y, x from u", "write the columns out"),
        ("select * from u union all select t.* from t inner join v using (y)", "front of a star"),
    ],
)
def test_each_silent_difference_is_found(sql, why):
    (found,) = unlike_on_spark(sql, {"t": {"x"}}, {"price"})
    assert why in found


@pytest.mark.parametrize(
    "sql",
    [
        "select row_number() over (order by x nulls last) from t",
        "select row_number() over (order by x desc) from t",
        "select row_number() over (order by y) from t",
        "select cast(floor(y / 2) as integer) from t",
        "select y / nullif(z, 0) from t",
        "select quantile_cont(cast(y as double), 0.5) from t",
        "select cast(sum(cast(y as decimal(18, 2))) as double) / 3600 from t",
        "select cast(sum(price) as double) / sum(price) from t",
        "select price / 12, sum(y) / sum(price) from t",
        "select 100 * price, 1.5 * cast(price as double), 1.5 * count(price) from t",
        "with a as (select sum(cast(y as decimal(18, 2))) as s from t) "
        "select cast(s as double) / 60 from a",
        "select cast(price as decimal(19, 2)) * price, cast(y as double) * price from t",
        "with a as (select sum(price) as price from t) select price * price from a",
        "select cast(avg(cast(y as decimal(18, 2))) filter (where z) as double) from t",
        "select regexp_replace(y, 'b', 'c', 'g') from t",
        "select y || coalesce(z, '') from t",
        "select * from u union all select t.* from t inner join v on t.y = v.y",
        "select x, y from t union all select y as x, x as y from u",
        "select t.y from t inner join v using (y) union all select y from u",
    ],
)
def test_what_both_engines_read_alike_is_left_alone(sql):
    assert list(unlike_on_spark(sql, {"t": {"x"}}, {"price"})) == []


def test_no_model_says_what_spark_would_read_otherwise(built, warehouse_reading):
    with warehouse_reading() as connection:
        nullable = {table: _nullable(connection, schema, table)
                    for schema, table in _tables(connection)}  # fmt: skip
        decimals = _decimals(connection)
    files = _compiled(built)
    assert len(files) > 500
    said = {path.stem: sorted(set(unlike_on_spark(path.read_text(), nullable, decimals)))
            for path in files}  # fmt: skip
    assert {model: why for model, why in said.items() if why} == {}


def test_each_step_counts_as_often_as_it_is_named():
    twice = "with a as (select * from t union all select * from u), "
    assert relations_written_out(twice + "b as (select * from a, a as c) select * from b, v") == 5
    nested = "b as (with a as (select * from t) select * from a) select * from b, x.a"
    assert relations_written_out(twice + nested) == 2
    assert relations_written_out(twice + "b as (select * from a) select * from a, b", ["a"]) == 2


def test_no_query_is_longer_than_spark_can_check(built):
    # With 600 tables of sixty columns 1 GB was not enough, and 2 GB not with 1,300 of few.
    project = (ROOT / "dbt_project/dbt_project.yml").read_text()
    tables = [f"__dbt__cte__{one}" for one in re.findall(r"(\w+): .*'table' if target", project)]
    counts = {path.stem: relations_written_out(path.read_text(), tables)
              for path in _compiled(built)}  # fmt: skip
    assert {model: count for model, count in counts.items() if count > 400} == {}


def test_no_figure_is_infinite_as_one_divided_by_nothing_would_be(warehouse_reading):
    with warehouse_reading() as connection:
        found = [
            f"{schema}.{table}.{column}"
            for schema, table in _tables(connection)
            for column, kind in _columns(connection, schema, table)
            # A bound may be none.
            if kind == "DOUBLE"
            and column != "upper_bound"
            and not math.isfinite(
                connection.execute(
                    f'select coalesce(sum("{column}"), 0) from {schema}.{table}'
                ).fetchone()[0]
            )
        ]
    assert found == []


def _compiled(built):
    folder = built.settings.warehouse.parent / "dbt" / "compiled" / "customer_health" / "models"
    return sorted(folder.rglob("*.sql"))


def _tables(connection):
    return connection.execute(
        "select schema_name, table_name from duckdb_tables() where schema_name in "
        f"{BUILT} order by all"
    ).fetchall()


def _columns(connection, schema, table):
    return [row[:2] for row in connection.execute(f"describe {schema}.{table}").fetchall()]


def _decimals(connection):
    kinds = {}
    for schema, table in _tables(connection):
        for name, kind in _columns(connection, schema, table):
            kinds.setdefault(name, set()).add(kind.split("(")[0])
    return {name for name, found in kinds.items() if found == {"DECIMAL"}}


def _nullable(connection, schema, table):
    columns = [name for name, _ in _columns(connection, schema, table)]
    counts = ", ".join(f'count(*) - count("{name}")' for name in columns)
    missing = connection.execute(f"select {counts} from {schema}.{table}").fetchone()
    return {name for name, count in zip(columns, missing, strict=True) if count}


def test_texts_are_cast_to_the_word_that_both_engines_know():
    # To Spark varchar is a type that wants a length.
    project = ROOT / "dbt_project"
    files = [*project.glob("models/**/*.sql"), *project.glob("macros/*.sql")]
    assert [path.name for path in files if "as varchar)" in path.read_text()] == []


@pytest.mark.parametrize("word", ["as varchar)", "unnest(", "generate_series("])
def test_rows_of_unit_tests_are_said_in_words_that_both_engines_know(word):
    # Both have range(n) in the place of a table.
    files = (ROOT / "dbt_project" / "models").glob("**/*.yml")
    assert [path.name for path in files if word in path.read_text()] == []
