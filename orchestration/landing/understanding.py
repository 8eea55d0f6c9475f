"""What typed values are taken for: a zero time is not told, a placeholder names nobody.

Programs write a zero time (year 1, 1899-12-30, 1970-01-01) or the end of time (9999-12-31) where
they know none, and identifiers come with blanks, invisible characters or the ``.0`` of a float.
What is changed here is counted as a warning of its file. What is not here: words, which staging
reads by the map of words, and identifiers that differ in capitals, which need the accounts.
"""

from collections.abc import Callable, Mapping, Sequence

from orchestration.landing.contract import Column, SourceTable

OUTSIDE_ITS_YEARS = "outside the years that its contract allows"
OUTSIDE_ITS_RANGE = "outside the range that its contract allows"
OUTSIDE = f"{OUTSIDE_ITS_YEARS}, taken for not told"
OUT_OF_RANGE = f"{OUTSIDE_ITS_RANGE}, taken for not told"
CLEANED = "an identifier with blanks, invisible characters or the .0 of a float, read without them"
PLACEHOLDER = (
    "a placeholder, an object, a list or a number that a spreadsheet shortened in the place of an "
    "identifier, taken for not told"
)

# No identifier begins or ends like this; 8 bits a character are plain ASCII.
INVISIBLE = r"[\x{200B}-\x{200F}\x{2060}\x{FEFF}\x{00AD}]"
ENDS = rf"^[\s\p{{Z}}\p{{C}}]+|[\s\p{{Z}}\p{{C}}]+$|{INVISIBLE}"
NOTHING = (
    r"[(<\[]?(null|none)[)>\]]?|nil|undefined|nan|<na>|#?n/a|-+|\\n|\(?not set\)?|[{]}|\[]"
    r"|[{(]?0{8}(-0{4}){3}-0{12}[)}]?"
    # 1.23E+05 stands for many numbers, so it is the number of none.
    r"|-?\d([.,]\d+)?e\+\d{1,3}"
)
# 0 and -1 may number a thing; they are the number of nobody.
NOBODY = NOTHING + r"|0|-1|anonymous|anon|unknown|nobody|\[object object\]|none none|guest"
# What trackers send where a variable was never filled, as PostHog's documentation lists it.
NOBODY += "|true|false|id|email|distinct_?id|not_authenticated"
LONGEST_PLACEHOLDER = 38
# How pandas writes that there is no time; nat and NAT may be somebody's name.
NO_TIME = "NaT"


def understood_steps(table: SourceTable) -> str:
    """Write the steps ``cleaned`` and ``understood`` that follow a step ``typed``.

    ``understood`` has the columns of ``typed``, and three numbers in which each column of the
    contract has the bit of ``column_bits``: ``_outside``, ``_cleaned`` and ``_placeholder``.
    """
    bounded = (*table.times, *table.bounded_numbers)
    return f"""
        cleaned as (
            select *{_replaced(table.identifiers, _cleaned)},
                {_bits(table, table.identifiers, _needs_cleaning)} as _cleaned
            from typed
        ),
        understood as (
            select *{_replaced((*bounded, *table.identifiers), _told)},
                {_bits(table, bounded, _is_outside)} as _outside,
                {_bits(table, table.identifiers, _is_placeholder)} as _placeholder
            from cleaned
        )
    """


def column_bits(table: SourceTable) -> Mapping[str, int]:
    """Give every column of the contract its bit."""
    return {column.name: 1 << place for place, column in enumerate(table.columns)}


def _replaced(columns: Sequence[Column], write: Callable[[Column], str]) -> str:
    written = ", ".join(f'{write(column)} as "{column.name}"' for column in columns)
    return f" replace ({written})" if written else ""


def _bits(table: SourceTable, columns: Sequence[Column], test: Callable[[Column], str]) -> str:
    bits = column_bits(table)
    return " + ".join(f"if({test(c)}, {bits[c.name]}, 0)" for c in columns) or "0"


def _told(column: Column) -> str:
    test = _is_placeholder(column) if column.is_identifier else _is_outside(column)
    return f'case when {test} then null else "{column.name}" end'


def _is_outside(column: Column) -> str:
    if column.is_bounded_number:
        bounds = (("<", column.least), (">", column.most))
        return " or ".join(
            f'"{column.name}" {sign} {bound!r}' for sign, bound in bounds if bound is not None
        )
    return (
        f"(\"{column.name}\" < timestamp '{column.earliest}' "
        f"or \"{column.name}\" >= timestamp '{column.latest}')"
    )


def _needs_cleaning(column: Column) -> str:
    name = f'"{column.name}"'
    return (
        f"(bit_length({name}) > 8 * length({name}) or left({name}, 1) <= ' ' "
        f"or right({name}, 1) <= ' ' or prefix({name}, '=') "
        f"or (suffix({name}, '0') and contains({name}, '.'))) "
        f"and {_without_additions(name)} <> {name}"
    )


def _cleaned(column: Column) -> str:
    name = f'"{column.name}"'
    return f"case when {_needs_cleaning(column)} then {_without_additions(name)} else {name} end"


def _without_additions(name: str) -> str:
    without = f"regexp_replace({name}, '{ENDS}', '', 'g')"
    # A spreadsheet is told to keep the zeros of ="00123".
    plain = rf"""regexp_replace({without}, '^="([^"]*)"$', '\1')"""
    return rf"regexp_replace({plain}, '^(\d+)\.0+$', '\1')"


def _is_placeholder(column: Column) -> str:
    name = f'"{column.name}"'
    pattern = NOBODY if column.names_somebody else NOTHING
    return (
        f"(length({name}) <= {LONGEST_PLACEHOLDER} "
        f"and (regexp_full_match(lower({name}), '{pattern}|') or {name} = '{NO_TIME}') "
        # An object or a list holds names and is none; within a case, as few begin so.
        f"or case when left({name}, 1) in ('{{', '[') then json_valid({name}) else false end)"
    )
