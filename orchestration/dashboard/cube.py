"""The figures of any two segments, ready to be looked up: text, value and place of every one.

What is not here: how cells are counted, which is ``marts.fct_segment_cube``.
"""

import json
from typing import Any

from markupsafe import Markup

from orchestration.dashboard.declared import Source
from orchestration.dashboard.reading import Publication
from orchestration.reporting import words
from orchestration.reporting.facts import NOT_KNOWN, FactBook, Row, full_value
from orchestration.reporting.formats import write

SOURCE = Source(
    "fct_segment_cube",
    ("dimension", "segment", "second_dimension", "second_segment", "weeks_before"),
    "dimension, segment, second_dimension, second_segment, weeks_before",
)
FIGURES = {
    "account_count": ("Customers", "count"),
    "mean_health_score": ("Mean score", "points"),
    "at_risk_account_count": ("At risk", "count"),
    "watch_account_count": ("Watch", "count"),
    "healthy_account_count": ("Healthy", "count"),
    "scored_account_count": ("With a score", "count"),
    "mrr": ("Revenue a month", "money"),
    "known_mrr_count": ("Customers whose revenue is known", "count"),
    "mrr_at_risk": ("Of it at risk", "money"),
    "active_user_count": ("Users of today's customers, active in 28 days", "count"),
    "open_ticket_count": ("Open tickets of today's customers", "count"),
}
PERIODS = {0: "now", 4: "before"}
EVERYBODY = ("all", "all")


def key_of(*segments: tuple[str, str]) -> str:
    """Return the key of a cell: its segments in the order of their text, as the page makes it."""
    return "|".join(sorted(f"{dimension}={segment}" for dimension, segment in segments
                           if (dimension, segment) != EVERYBODY))  # fmt: skip


def choices(rows: list[Row]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the segments that can be chosen: for each dimension their codes and names."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if (
            row["dimension"] == "all"
            and row["second_dimension"] != "all"
            and row["weeks_before"] == 0
        ):
            found.setdefault(row["second_dimension"], []).append(row["second_segment"])
    order = {code: place for place, code in enumerate(words.DIMENSIONS)}
    return [
        (words.dimension(code), [(f"{code}={one}", words.plain(one)) for one in found[code]])
        for code in sorted(found, key=lambda code: (order.get(code, len(order)), code))
    ]


def lookup(rows: list[Row], book: FactBook) -> Markup:
    """Return every cell as JSON: by key and period its place, and text and value of each figure."""
    cells: dict[str, dict[str, Any]] = {}
    for row in rows:
        pair = (row["dimension"], row["segment"]), (row["second_dimension"], row["second_segment"])
        cell = cells.setdefault(key_of(*pair), {})
        cell[PERIODS[row["weeks_before"]]] = _figures(row, book)
        if row["weeks_before"] == 0 and row["status"] != "ok":
            cell["said"] = words.status(row["status"])
    kinds = {name: kind for name, (_, kind) in FIGURES.items()}
    made = {"kinds": kinds, "cells": cells}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    # Names of segments come from outside: nothing of theirs may end the script that holds them.
    return Markup(text.replace("<", "\\u003c"))


def cube(publication: Publication) -> list[Row]:
    """Read the cells."""
    return publication.rows(SOURCE)


def _figures(row: Row, book: FactBook) -> dict[str, Any]:
    # Of a cell of too few customers their number alone is known.
    shown = FIGURES if row["status"] == "ok" else {"account_count": FIGURES["account_count"]}
    figures = {"place": row.place}
    for name, (_, kind) in shown.items():
        value = row[name]
        book.show(row, name, kind)
        text = NOT_KNOWN if value is None else write(value, kind, book.currency)
        figures[name] = [text, full_value(value) or ""]
    return figures
