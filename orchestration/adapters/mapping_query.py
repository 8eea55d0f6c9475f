"""The SQL that makes rows of one of our landing tables out of a mapped table.

What is not here: what a mapping may say, which ``mapping`` checks.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from orchestration.adapters.definition import VendorTable
from orchestration.landing.contract import SourceTable
from orchestration.landing.no_rows import TOTAL
from orchestration.landing.sql_texts import literal, quoted

NUMBERS = ("integer", "bigint", "double")


@dataclass(frozen=True)
class Written:
    """How a folder writes times and numbers: a time zone, and macros that put them right."""

    zone: str
    date: str | None
    number: str | None


def query_of(
    table: VendorTable,
    contract: SourceTable,
    columns: Mapping[str, str],
    constants: Mapping[str, str],
    in_ours: Mapping[str, Callable[[str], str]],
    deleted_by: Sequence[str],
    written: Written,
) -> str:
    """Return the SQL of one landing table, whose columns bear our names.

    Args:
        table: the mapped one.
        contract: the landing table.
        columns: theirs by ours.
        constants: what stands in a column of ours in every row.
        in_ours: what makes of the values of a column of ours what it holds, such as its unit.
        deleted_by: their columns that tell a row deleted.
        written: how times and numbers are.
    """
    types = {column.name: column.data_type for column in contract.columns}
    is_total = _is_total(table, contract, columns)
    lines = [
        f"    case when not {is_total} then {literal(value)} end as {quoted(ours)}"
        for ours, value in constants.items()
    ]
    for ours, theirs in columns.items():
        value = quoted(table.in_sql(theirs))
        if types[ours] in ("timestamp", "date") and written.date:
            value = f"{written.date}({value})"
        if types[ours] in NUMBERS and written.number:
            value = f"{written.number}({value})"
        if ours in in_ours:
            value = in_ours[ours](value)
        if types[ours] == "timestamp":
            value = f"as_time_in({value}, {literal(written.zone)})"
        lines.append(f"    {value} as {quoted(ours)}")
    # The loader reads what tells a row deleted, and counts a word that says neither.
    lines += [
        f"    {quoted(table.in_sql(theirs))} as {quoted('deleted' + '_' * place)}"
        for place, theirs in enumerate(deleted_by)
    ]
    lines += ["    landed_file", "    landed_line"]
    return "select\n" + ",\n".join(lines) + f"\nfrom {quoted(table.relation)}"


def _is_total(table: VendorTable, contract: SourceTable, columns: Mapping[str, str]) -> str:
    """Write SQL that tells a row of totals, of which a constant would make a thing of its own."""
    names = [quoted(table.in_sql(columns[ours])) for ours in contract.identity if ours in columns]
    told = [quoted(table.in_sql(theirs)) for theirs in dict.fromkeys(columns.values())]
    listed = f"[{', '.join(names)}]::varchar[], [{', '.join(told)}]::varchar[]"
    return f"is_total({listed}, {literal(f'(?i){TOTAL}')})"


def in_minor(
    table: VendorTable, columns: Mapping[str, str], constants: Mapping[str, str]
) -> Callable[[str], str]:
    """Return what puts amounts told in units into minor ones, by the currency of their row."""
    currency = literal(constants["currency"]) if "currency" in constants else "null"
    if "currency" in columns:
        currency = quoted(table.in_sql(columns["currency"]))
    return lambda value: f"in_minor({value}, {currency})"
