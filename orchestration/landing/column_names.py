"""What a file calls the columns of its table, in whatever capitals and with whatever signs."""

import re
from collections.abc import Sequence

from orchestration.landing.contract import SourceTable


def own_names(table: SourceTable, written: Sequence[str]) -> dict[str, str]:
    """Find the columns of a table among names or keys of a file: by column, how the file writes it.

    A name is found as it is, else without capitals, blanks and signs where it is the only one:
    ACCOUNT_ID, Account ID and accountId are account_id.
    """
    found = {name: name for name in table.column_names if name in written}
    folded: dict[str, list[str]] = {}
    for name in written:
        if name not in found:
            folded.setdefault(folded_name(name), []).append(name)
    for name in table.column_names:
        alike = folded.get(folded_name(name), [])
        if name not in found and len(alike) == 1:
            found[name] = alike[0]
    return found


def folded_name(name: str) -> str:
    """Return a name as names are compared: letters and digits only, without capitals."""
    return re.sub(r"[\W_]+", "", name).lower()
