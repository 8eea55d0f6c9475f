"""What stands in a raw table once persons are erased from it, as SQL.

A number of a person or device becomes a token, so joins, duplicates and counts stay what they
were. Of any other personal value stays what its contract lets remain, if somebody else has the
same there, and else nothing. What is not here: which rows it concerns, which ``rows`` found.
"""

from collections.abc import Sequence

from orchestration.erasure.marks import Patterns, is_marked, is_token, token, without_marks
from orchestration.erasure.names import PERSONS, meant
from orchestration.erasure.rows import LEFT_OVER, Carriers, read_columns
from orchestration.landing.contract import Column
from orchestration.landing.sql_texts import quoted
from orchestration.landing.tables import LINEAGE


def erased_table(carriers: Carriers, names: Sequence[str], patterns: Patterns) -> str:
    """Write the query for all rows of a raw table, without the persons to be erased.

    Args:
        carriers: the rows that carry them.
        names: the columns of the table as it is.
        patterns: what finds them in a text.
    """
    chosen = ", ".join(f"{_replaced(carriers, name, patterns)} as {quoted(name)}" for name in names)
    return (
        f"select {chosen} from raw.{quoted(carriers.table.identifier)} as landed "
        f"left join {carriers.relation} as carriers on landed.rowid = carriers._row"
    )


def _replaced(carriers: Carriers, name: str, patterns: Patterns) -> str:
    if name in carriers.undeclared:
        kind = "json" if name in _json_columns(carriers) else "varchar"
        rest = f"try_cast({without_marks(_value(name), patterns)} as {kind})"
        return f"case when carriers.{quoted(f'_shows_{name}')} then {rest} else {_value(name)} end"
    known = {column.name: column for column in (*carriers.table.columns, LEFT_OVER)}
    if name in LINEAGE and name != LEFT_OVER.name:
        return _value(name)
    # What a former contract called it is not known any more, so it counts as personal.
    column = known.get(name, Column(name, "varchar", personal=True))
    if not column.personal:
        return _value(name)
    value = _value(name)
    if column.identifies == "person":
        its_token = token(f"({meant(PERSONS, value)})")
        return f"case when {is_marked('person', value)} then {its_token} else {value} end"
    is_theirs = "carriers._is_theirs"
    if column.identifies == "device":
        return (
            f"case when {is_theirs} and not {is_token(value)} then {token(value)} else {value} end"
        )
    if column in read_columns(carriers.table):
        is_theirs = f"({is_theirs} or carriers.{quoted(f'_mentions_{name}')})"
    return f"case when {is_theirs} then {_rest(carriers, column)} else {value} end"


def _json_columns(carriers: Carriers) -> list[str]:
    return [column.name for column in carriers.table.columns if column.data_type == "json"]


def _rest(carriers: Carriers, column: Column) -> str:
    if column.remains is not None:
        about_them = f"select _row from {carriers.relation} where {_about(carriers, column)}"
        others = (
            f"select {column.remains} from raw.{quoted(carriers.table.identifier)} "
            f"where rowid not in ({about_them})"
        )
        return f"case when {column.remains} in ({others}) then {column.remains} end"
    # A row without it could not have landed.
    return token(_value(column.name)) if column.required else "null"


def _about(carriers: Carriers, column: Column) -> str:
    if column not in read_columns(carriers.table):
        return "_is_theirs"
    return f"_is_theirs or {quoted(f'_mentions_{column.name}')}"


def _value(name: str) -> str:
    return f"landed.{quoted(name)}"
