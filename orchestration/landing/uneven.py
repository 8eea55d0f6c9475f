"""CSV records that do not fit their header although nothing is wrong with their quotes.

Spreadsheets leave out empty fields at the end of a record or add some, put a total below the
rows, and one file behind another with a header in between. What is not here: a header that
comes again, or a total with the right number of fields, which ``no_rows`` tells by its values.
"""

import re

import numpy
import pyarrow
from pyarrow import compute

from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import Refusal
from orchestration.landing.headers import split_cells
from orchestration.landing.no_rows import A_TOTAL, TOTAL
from orchestration.landing.quoting import Dialect


def even(
    lines: pyarrow.StringArray, counts: numpy.ndarray, uneven: numpy.ndarray, dialect: Dialect
) -> tuple[pyarrow.StringArray, numpy.ndarray]:
    """Take empty fields off the ends of records, or add those that the header does not name."""
    expected, counts = len(dialect.header), counts.copy()
    for count in numpy.unique(counts[uneven]).tolist():
        chosen = pyarrow.array(uneven & (counts == count))
        if count > expected:
            pattern = rf"(?:{dialect.escaped}[ ]*){{{count - expected}}}(\r?\n?)$"
            chosen = compute.and_(chosen, compute.match_substring_regex(lines, pattern))
            changed = compute.replace_substring_regex(lines, pattern, r"\1")
        elif count >= dialect.named:
            missing = dialect.delimiter * (expected - count)
            changed = compute.replace_substring_regex(
                lines, r"(\r?\n?)$", missing + r"\1", max_replacements=1
            )
        else:
            continue
        lines = compute.if_else(chosen, changed, lines)
        counts[chosen.to_numpy(zero_copy_only=False)] = expected
    return lines, counts


def may_be_header(
    columns: pyarrow.Table, dialect: Dialect, table: SourceTable
) -> pyarrow.BooleanArray:
    """Tell which records begin with two names of columns; cheap, as every record is asked."""
    names = pyarrow.array({*dialect.header, *table.column_names}, pyarrow.string())
    found = compute.is_in(columns[0], value_set=names)
    if columns.num_columns > 1 and compute.any(found).as_py():
        found = compute.and_(found, compute.is_in(columns[1], value_set=names))
    return found.combine_chunks() if isinstance(found, pyarrow.ChunkedArray) else found


def refuse_other_header(
    lines: pyarrow.StringArray,
    numbers: pyarrow.Int64Array,
    chosen: pyarrow.BooleanArray,
    dialect: Dialect,
    table: SourceTable,
) -> None:
    """Refuse a file in which another header follows, as the rows below mean something else.

    Raises:
        Refusal: the text names the line.

    """
    if not compute.any(chosen).as_py():
        return
    names = {*dialect.header, *table.column_names} - {""}
    first = "|".join(re.escape(name) for name in sorted(names))
    begins = compute.match_substring_regex(
        lines, rf'^\s*"?\s*(?:{first})\s*"?\s*(?:{dialect.escaped}|$)'
    )
    chosen = compute.and_(chosen, begins)
    for line, number in zip(lines.filter(chosen), numbers.filter(chosen), strict=True):
        cells = split_cells(line.as_py().rstrip("\r\n"), dialect.delimiter)
        said = {cell for cell in cells if cell}
        in_order = cells[: dialect.named] == dialect.header[: dialect.named]
        if said <= names and said >= set(table.required_columns) and not in_order:
            raise Refusal(
                f"line {number.as_py()} is another header than the first one, so the rows below it "
                "mean something else; make one file of each part"
            )


def name_totals(
    lines: pyarrow.StringArray, problem: pyarrow.Array, counts: numpy.ndarray, dialect: Dialect
) -> pyarrow.Array:
    """Call records with a wrong number of fields totals where that is what they are."""
    pattern = rf'(?i)^[{dialect.escaped}" ]*(?:{TOTAL})"?\s*(?:{dialect.escaped}|$)'
    wrong = pyarrow.array((counts != len(dialect.header)) & (counts > 0))
    return compute.if_else(
        compute.and_(wrong, compute.match_substring_regex(lines, pattern)), A_TOTAL, problem
    )
