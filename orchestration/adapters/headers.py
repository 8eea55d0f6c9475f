"""Tells names of columns from values that stand where names should: nobody is told a value.

The first line of a file without a header is somebody's data, and so is a key of a JSON object that
was made of data. What is not here: which columns are declared, which the contract says.
"""

import re
from collections.abc import Container, Iterable, Sequence

from orchestration.landing.text_formats import formats_in

NUMBER = re.compile(r"[\d\s.,:;+/()-]*\d[\d\s.,:;+/()-]*")
NO_HEADER = (
    "its first line holds values where names of columns should stand, so nothing of it is shown: "
    "deliver it with a header"
)
TITLE = (
    "its first line names one column and leaves the others empty, as a title does: delete what "
    "stands above the line with the names of the columns"
)
NO_UTF_8 = (
    "its first line is no UTF-8: save it as CSV UTF-8, else lines with such signs are refused"
)
NO_UTF_8_BELOW = (
    "of the lines that were looked at {count} are no UTF-8, as where names have accents: save it "
    "as CSV UTF-8, else they are refused"
)
ESCAPED_BYTE = re.compile(r"\\x[89a-f][0-9a-f]")
VALUES_AS_KEYS = "{count} of its columns are called by what looks like values, and are not shown"


def is_value(name: str) -> bool:
    """Tell whether a name is a number, a date, a mail address, a phone number or an IP."""
    return NUMBER.fullmatch(name) is not None or formats_in(name) != []


def has_no_header(columns: Iterable[str], declared: Container[str]) -> bool:
    """Tell whether the first line of a CSV file holds values: some do, and none is declared."""
    names = [name.strip().lower() for name in columns]
    return any(map(is_value, names)) and not any(name in declared for name in names)


def names_told(columns: Iterable[str]) -> str:
    """Name columns in a sentence, but for those that are called by somebody's data."""
    every = sorted(columns)
    told = [name for name in every if not is_value(name)]
    hidden = len(every) - len(told)
    also = f", and {hidden} more that are called by what looks like values" if hidden else ""
    return f"{', '.join(told) or 'no name'}{also}"


def doubt_of(columns: Sequence[str]) -> str | None:
    """Say why the first line of a CSV file may be no header; None where nothing speaks for it."""
    if len(columns) > 1 and sum(map(bool, columns)) == 1:
        return TITLE
    return NO_UTF_8 if any(map(ESCAPED_BYTE.search, columns)) else None
