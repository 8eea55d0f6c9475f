"""Are two engines of one mind? Compares a table of one with that of the other, row by row.

Both are read by DuckDB; a double counts to twelve significant digits, as the order of a sum is the
engine's own. ``EXCEPT ALL`` both ways, so a row that is there once too often is found, too.
"""

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class Difference:
    """How two tables differ; both numbers are 0 where they do not.

    Attributes:
        only_here: rows of the first that the second has not.
        only_there: rows of the second that the first has not.
        examples: one row of each, as text.
        columns: columns that only one of them has, or of which the types are of another kind.
    """

    only_here: int
    only_there: int
    examples: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is a difference."""
        return bool(self.only_here or self.only_there or self.columns)


def compare(connection: duckdb.DuckDBPyConnection, here: str, there: str) -> Difference:
    """Compare the rows of two queries.

    Columns are matched by name; a value of the second is read as the type that the first has.
    """
    connection.execute("set TimeZone = 'UTC'")
    ours, theirs = columns_of(connection, here), columns_of(connection, there)
    if unmatched := sorted(set(ours) ^ set(theirs)):
        return Difference(0, 0, columns=tuple(unmatched))
    first = f"select {_canonical(ours)} from ({here})"
    second = f"select {_canonical(ours)} from ({there})"
    missing = connection.execute(f"{first} except all {second}").fetchall()
    added = connection.execute(f"{second} except all {first}").fetchall()
    examples = [str(rows[0]) for rows in (sorted(missing, key=str), sorted(added, key=str)) if rows]
    return Difference(len(missing), len(added), tuple(examples))


def columns_of(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, str]:
    """Return the columns of a query with their types."""
    return {name: kind for name, kind, *_ in connection.execute(f"describe {query}").fetchall()}


def _canonical(columns: dict[str, str]) -> str:
    return ", ".join(_value(name, kind) for name, kind in sorted(columns.items()))


def _value(name: str, kind: str) -> str:
    value = f'cast("{name}" as {kind})'
    if kind in {"DOUBLE", "FLOAT"}:
        # Zero has a sign that nobody means.
        return (
            f"""format('{{:.11e}}', case when {value} = 0 then 0 else {value} end) as "{name}\""""
        )
    return f'{value} as "{name}"'
