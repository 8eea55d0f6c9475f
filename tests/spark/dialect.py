"""What means something else to Spark than to DuckDB, found in SQL that dbt has compiled.

The SQL is DuckDB's; each rule names the expressions that would be read in silence and give another
figure, and the one that DuckDB fills in silence. What is not here: what else fails on Spark with an
error, which a build there tells.
"""

from collections.abc import Collection, Iterator, Mapping

import sqlglot
from sqlglot import exp
from sqlglot.dialects import DuckDB


class WithoutNullOrder(DuckDB):
    """DuckDB where nulls come first unless the SQL says otherwise, which so can be told."""

    NULL_ORDERING = "nulls_are_small"


# A value that follows from the order of rows: nulls come first in Spark, last in DuckDB.
BY_ORDER = (
    exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.FirstValue, exp.LastValue,
    exp.Lag, exp.Lead,
)  # fmt: skip
WHOLE = (exp.DataType.Type.INT, exp.DataType.Type.BIGINT, exp.DataType.Type.SMALLINT)
ROUNDED = (exp.Floor, exp.Ceil, exp.Round)


def unlike_on_spark(
    sql: str, nullable: Mapping[str, set[str]], decimals: Collection[str] = ()
) -> Iterator[str]:
    """Say what of a compiled model Spark would read otherwise.

    Args:
        sql: of the model, as DuckDB is given it.
        nullable: columns that hold nulls, by the table.
        decimals: names that are columns of decimals wherever they are a column.
    """
    tree = sqlglot.parse_one(sql, dialect=WithoutNullOrder)
    summed = {one.alias for one in tree.find_all(exp.Alias) if _is_sum_of_decimals(one.this)}
    # The same name behind a later step, where it is a double.
    summed -= {one.alias for one in tree.find_all(exp.Alias) if _is_double(one.this)}
    read = {table.name for table in tree.find_all(exp.Table)}
    without_value = set().union(*(nullable.get(table, set()) for table in read))
    roomy = {one.alias for one in tree.find_all(exp.Alias) if _has_room(one.this)}
    for node in tree.walk():
        if (
            why := _why(node, without_value, decimals)
            or _of_decimals(node, summed, decimals)
            or _product(node, set(decimals) - roomy)
        ):
            yield f"{node.sql('duckdb')[:120]}: {why}"


def relations_written_out(sql: str, tables: Collection[str] = ()) -> int:
    """Count the tables of a query in which each step stands where it is named.

    So does Spark check a query, whatever it computes once afterwards.

    Args:
        sql: of the model, as DuckDB is given it.
        tables: names of steps that are tables on Spark.
    """
    return _written_out(sqlglot.parse_one(sql, dialect="duckdb"), {}, tables)


def _written_out(node: exp.Expression, steps: Mapping[str, int], tables: Collection[str]) -> int:
    if isinstance(node, exp.Table):
        return 1 if node.db or node.name in tables else steps.get(node.name, 1)
    steps = dict(steps)
    for step in node.ctes if isinstance(node, exp.Query) else ():
        steps[step.alias] = _written_out(step.this, steps, tables)
    parts = [part for name, part in node.args.items() if name != "with_"]
    nodes = [one for part in parts for one in (part if isinstance(part, list) else [part])]
    return sum(_written_out(one, steps, tables) for one in nodes if isinstance(one, exp.Expression))


def _why(node: exp.Expression, without_value: set[str], decimals: Collection[str]) -> str | None:
    if isinstance(node, exp.Window) and _leaves_nulls_open(node, without_value):
        return "say nulls last, as Spark begins with nulls"
    if isinstance(node, exp.Cast) and node.to.this in WHOLE and _has_fraction(node.this):
        return "floor or round it first, as Spark cuts and DuckDB rounds"
    if isinstance(node, exp.Div) and (
        _is_sum_of_decimals(node.this) or _divides_decimals(node, decimals)
    ):
        return "cast the sum to double first, as Spark keeps few digits of a divided decimal"
    if isinstance(node, exp.Avg) and _is_decimal(node) and not _is_cast(node):
        return "cast the mean to double, as Spark keeps it a decimal"
    if isinstance(node, exp.Div) and _is_zero(node.expression):
        return "use nullif, as DuckDB has infinity and Spark nothing"
    if isinstance(node, exp.PercentileCont | exp.Median | exp.Quantile) and _is_decimal(node):
        return "cast to double, as DuckDB keeps the digits of a decimal"
    if isinstance(node, exp.DayOfWeek) or _is_weekday(node):
        return "Sunday is 0 in DuckDB and 1 in Spark: count days from date_trunc('week')"
    if isinstance(node, exp.RegexpReplace) and _replaces_one_hit(node):
        return "DuckDB replaces the first hit, Spark all of them"
    if isinstance(node, exp.SetOperation) and node.args.get("by_name"):
        return "write the columns out: Spark's SQL has no union by name"
    if isinstance(node, exp.Union) and any(_star_over_using(half) for half in _halves(node)):
        return (
            "join on, not using: Spark moves the key to the front of a star, a union goes by place"
        )
    if isinstance(node, exp.Concat) and not isinstance(node, exp.ConcatWs):
        return "use ||, as concat skips nulls in DuckDB and is null in Spark"
    return None


def _leaves_nulls_open(window: exp.Window, without_value: set[str]) -> bool:
    order = window.args.get("order")
    if order is None or not isinstance(window.this, BY_ORDER):
        return False
    return any(
        isinstance(key.this, exp.Column)
        and key.this.name in without_value
        and not key.args.get("desc")
        and key.args.get("nulls_first")
        for key in order.expressions
    )


def _halves(union: exp.Union) -> Iterator[exp.Expression]:
    for half in (union.left, union.right):
        yield from _halves(half) if isinstance(half, exp.Union) else [half]


def _star_over_using(half: exp.Expression) -> bool:
    return (
        isinstance(half, exp.Select)
        and any(column.is_star for column in half.expressions)
        and any(join.args.get("using") for join in half.args.get("joins") or [])
    )


def _is_weekday(node: exp.Expression) -> bool:
    return isinstance(node, exp.Extract) and node.name.upper() in {"DOW", "DAYOFWEEK"}


def _replaces_one_hit(node: exp.RegexpReplace) -> bool:
    flags = node.args.get("modifiers")
    # What is tied to the end of a text hits once.
    return not (flags and "g" in flags.name) and not node.expression.name.endswith("$")


def _has_fraction(value: exp.Expression) -> bool:
    value = value.unnest()
    # A quotient may hide below a sum or a case; what rounds it hides there, too.
    return bool(value.find(exp.Div)) and not value.find(*ROUNDED)


def _is_zero(divisor: exp.Expression) -> bool:
    divisor = divisor.unnest()
    return isinstance(divisor, exp.Literal) and not divisor.is_string and float(divisor.name) == 0


def _is_decimal(node: exp.Expression) -> bool:
    cast = node.this.unnest() if isinstance(node.this, exp.Expression) else None
    return isinstance(cast, exp.Cast) and cast.to.this == exp.DataType.Type.DECIMAL


def _is_sum_of_decimals(value: exp.Expression) -> bool:
    value = value.unnest()
    while isinstance(value, exp.Filter | exp.Window):
        value = value.this
    return isinstance(value, exp.Sum) and _is_decimal(value)


def _is_double(value: exp.Expression) -> bool:
    return isinstance(value, exp.Cast) and value.to.this == exp.DataType.Type.DOUBLE


def _of_decimals(
    node: exp.Expression, summed: Collection[str], decimals: Collection[str]
) -> str | None:
    if isinstance(node, exp.Div) and _names_one(node.this, summed):
        return "cast the sum to double first, as Spark keeps few digits of a divided decimal"
    if (
        isinstance(node, exp.Mul)
        and any(_has_point(side) for side in (node.this, node.expression))
        and any(_names_one(side, decimals) for side in (node.this, node.expression))
    ):
        return "say a whole number, or cast to double: a decimal times 1.5 is one in DuckDB only"
    return None


def _product(node: exp.Expression, narrow: Collection[str]) -> str | None:
    if isinstance(node, exp.Mul) and all(
        _is_narrow(side, narrow) for side in (node.this, node.expression)
    ):
        return "cast one to decimal(19, …): of 18 digits each DuckDB keeps 18 and stops at more"
    return None


def _is_narrow(value: exp.Expression, narrow: Collection[str]) -> bool:
    value = value.unnest()
    if isinstance(value, exp.Mul):
        return all(_is_narrow(side, narrow) for side in (value.this, value.expression))
    return (isinstance(value, exp.Column) and value.name in narrow) or 0 < _digits(value) <= 18


def _has_room(value: exp.Expression) -> bool:
    # A sum has 38 digits, whatever it is of.
    return bool(value.find(exp.Sum)) or _digits(value) > 18 or _is_double(value)


def _digits(value: exp.Expression) -> int:
    if not isinstance(value, exp.Cast) or value.to.this != exp.DataType.Type.DECIMAL:
        return 0
    return int(value.to.expressions[0].name)


def _names_one(value: exp.Expression, names: Collection[str]) -> bool:
    # What is cast or counted in it is a number of another kind.
    walked = value.walk(prune=lambda node: isinstance(node, exp.Cast | exp.AggFunc))
    return any(isinstance(node, exp.Column) and node.name in names for node in walked)


def _has_point(value: exp.Expression) -> bool:
    value = value.unnest()
    return isinstance(value, exp.Literal) and not value.is_string and "." in value.name


def _divides_decimals(node: exp.Div, decimals: Collection[str]) -> bool:
    # A sum has so many digits before the point that few are left behind it; a double has them all.
    return (
        bool(node.find(exp.Sum))
        and any(column.name in decimals for column in node.this.find_all(exp.Column))
        and not any(cast.to.this == exp.DataType.Type.DOUBLE for cast in node.find_all(exp.Cast))
    )


def _is_cast(node: exp.Expression) -> bool:
    around = node.parent
    while isinstance(around, exp.Filter | exp.Paren | exp.Window):
        around = around.parent
    return isinstance(around, exp.Cast)
