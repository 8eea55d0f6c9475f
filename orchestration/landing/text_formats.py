"""Texts that look like a mail address, a phone number or an IP where nobody declared any.

A column that the contract does not call personal is kept as it came, so what names somebody there
has to be seen. Formats are found, not meanings: a name in a free text looks like any other word.
What is not here: where it is looked, which the loader says of raw and the gates of what is public.
"""

import re
from collections.abc import Sequence

from orchestration.landing.sql_texts import literal, quoted

# Expressions that DuckDB and Python read alike. A phone number begins with its country or with an
# area in brackets: digits alone count or number anything.
_OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
_GROUP = "[0-9A-Fa-f]{1,4}"
FORMATS = {
    "a mail address": r"[0-9A-Za-z._%+-]+@([0-9A-Za-z-]+\.)+[A-Za-z][A-Za-z]+",
    "a phone number": r"(^|[^0-9A-Za-z])(\+[1-9]|\(0)[0-9() ./-]{6,18}[0-9]($|[^0-9A-Za-z])",
    "an IP": (
        # Not behind one stroke, as versions stand there: Chrome/120.0.0.0.
        rf"(^|[^0-9A-Za-z./]|//)({_OCTET}\.){{3}}{_OCTET}($|[^0-9A-Za-z.])"
        rf"|(^|[^0-9A-Za-z:])(({_GROUP}:){{7}}{_GROUP}|({_GROUP}:)+(:{_GROUP}){{1,6}}|{_GROUP}::)"
        r"($|[^0-9A-Za-z:])"
    ),
}
# A text that this does not match has none of them; one look at all columns of a row together.
MAYBE = (
    r"@[0-9A-Za-z]|(\+[1-9]|\(0)[0-9() ./-]{6}|([0-9]{1,3}\.){3}[0-9]"
    r"|[0-9A-Fa-f]:[0-9A-Fa-f:]+:[0-9A-Fa-f]|[0-9A-Fa-f]::"
)


def may_show(columns: Sequence[str]) -> str:
    """Write SQL that tells whether any of some columns can hold a text of such a format."""
    texts = ", ".join(f"cast({quoted(name)} as varchar)" for name in columns)
    return f"regexp_matches(concat_ws(chr(31), {texts}), {literal(MAYBE)})"


def looks_like(column: str, name: str) -> str:
    """Write SQL that tells whether a column holds a text of a format.

    Args:
        column: as it stands in the statement.
        name: of the format, one of ``FORMATS``.
    """
    return f"coalesce(regexp_matches(cast({column} as varchar), {literal(FORMATS[name])}), false)"


def formats_in(text: str) -> list[str]:
    """Return the names of the formats that a text holds."""
    return [name for name, expression in FORMATS.items() if re.search(expression, text)]
