"""What amounts and durations of a mapped table count, and of which nobody has said it.

What is not here: the SQL that puts them into our units, which ``macros.sql`` has.
"""

import re
from collections.abc import Mapping
from typing import Any

# Milliseconds of each unit in which a duration may be told.
DURATIONS = {
    "durations_in_seconds": "1000",
    "durations_in_microseconds": "0.001",
    "durations_in_nanoseconds": "0.000001",
}
MILLISECONDS = re.compile(
    r"(?<![A-Za-z])[Mm][Ss](?![A-Za-z])|[a-z]M[sS](?![a-z])|[Mm]ill?i(s|sec|se[ck]und)"
)


def unsaid_amounts(entry: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the amounts of which nobody says what they count; an empty list says minor units."""
    is_said = isinstance(entry.get("amounts_in_units"), list)
    return tuple(ours for ours in columns if ours.endswith("_minor") and not is_said)


def unsaid_durations(entry: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the durations of which neither a list nor the name of their column says it."""
    is_said = any(isinstance(entry.get(unit), list) for unit in DURATIONS)
    return tuple(
        ours
        for ours, theirs in columns.items()
        if ours.endswith("_ms") and not is_said and not MILLISECONDS.search(theirs)
    )
