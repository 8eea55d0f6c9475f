"""The list of customers as data that the page makes rows of, a page of them at a time.

Thousands of rows in the markup take a browser seconds before anybody sees the first; as data they
take a blink. What stands in a cell, and its value, are made here all the same; the page shows them.
What is not here: the script that does, which is ``dashboard.js``.
"""

import json
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from orchestration.dashboard.presets import presets_of
from orchestration.dashboard.scatter import place_of, scale_of
from orchestration.dashboard.tables import Cell, LaidOut
from orchestration.reporting.facts import Row


def listed_rows(table: LaidOut) -> Markup:
    """Return the rows as JSON.

    A row has its key ``k``, owner ``o``, views ``p``, whether its score is unsure ``u``, its place
    in the picture ``s``, and cells ``c``: the markup alone, or with the value of which it is the
    fact, or with the value by which it is sorted and the text by which it is found, if any.
    """
    rows = []
    scale = scale_of(rows_of(table))
    for _, lines in table.groups:
        for line in lines:
            row = line.row
            made: dict[str, Any] = {
                "k": urlencode(row.key),
                "o": row["csm_id"] or "",
                "p": presets_of(row).split(),
                "c": [_packed(cell) for cell in line.cells],
            }
            if scale and (place := place_of(row, scale)):
                made["s"] = place
            if row["score_status"] == "low_confidence":
                made["u"] = 1
            rows.append(made)
    text = json.dumps(
        {"table": table.listing.source.table, "rows": rows},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    # Names come from outside: nothing of theirs may end the script that holds them.
    return Markup(text.replace("<", "\\u003c"))


def rows_of(table: LaidOut) -> list[Row]:
    """Return the rows of a table."""
    return [line.row for _, lines in table.groups for line in lines if line.row]


def _packed(cell: Cell) -> Any:
    if cell.column:
        return [str(cell.shown), cell.order]
    if cell.order is None and cell.search is None:
        return str(cell.shown)
    return [str(cell.shown), cell.order, cell.search]
