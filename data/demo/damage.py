"""Lines that a loader must refuse, each for exactly one reason.

What is here: how a good row becomes a damaged line. What is not here: how many, which is a
recipe's affair, and counting (``ledger.py``). Damaged lines are additional lines with fresh
identifiers, so that nothing that is refused is also a duplicate.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np

ALWAYS = ("wrong_type", "missing_required", "invalid_utf8")
JSON_ONLY = ("truncated", "not_an_object")
CSV_ONLY = ("too_few_fields", "too_many_fields")
NOT_OBJECTS = (b"[1, 2, 3]", b'"just a text"', b"17")
Row = dict[str, Any]


@dataclass(frozen=True)
class Recipe:
    """What can be wrong with the lines of one table."""

    identity: str
    required: str
    typed: tuple[str, str] | None
    text: str
    warnings: dict[str, str] = field(default_factory=dict)
    rules: dict[str, Callable[[Row], Row]] = field(default_factory=dict)
    each: int = 1

    def kinds(self, is_csv: bool) -> list[str]:
        """Return the kinds of damage that a format allows."""
        always = [kind for kind in ALWAYS if self.typed or kind != "wrong_type"]
        return [*always, *(CSV_ONLY if is_csv else JSON_ONLY), *self.rules]


def damaged_line(
    kind: str,
    row: Row,
    recipe: Recipe,
    rng: np.random.Generator,
    line_of: Callable[[Row], bytes],
) -> bytes:
    """Return the line of a row, damaged in one way.

    ``kind`` is one of the recipe's kinds; ``line_of`` renders an undamaged row.
    """
    row = {**row, recipe.identity: f"bad{int(rng.integers(2**48)):013x}"}
    if kind == "wrong_type" and recipe.typed:
        return line_of({**row, recipe.typed[0]: recipe.typed[1]})
    if kind == "missing_required":
        return line_of({**row, recipe.required: None})
    if kind == "invalid_utf8":
        return line_of({**row, recipe.text: "br@ken"}).replace(b"br@ken", b"br\xff\xfeken")
    if kind in recipe.rules:
        return line_of({**row, **recipe.rules[kind](row)})
    line = line_of(row)
    if kind == "truncated":
        return line[: int(len(line) * rng.uniform(0.3, 0.9))]
    if kind == "not_an_object":
        return NOT_OBJECTS[rng.integers(len(NOT_OBJECTS))]
    return line.rsplit(b",", 2)[0] if kind == "too_few_fields" else line + b",more,still more"


def _future(row: Row) -> Row:
    received = datetime.fromisoformat(row["received_at"])
    return {"event_ts": (received + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M:%S.000Z")}


EVENTS = Recipe(
    identity="event_id",
    required="event_name",
    typed=("event_ts", "n/a"),
    text="user_agent",
    warnings={"duration_ms": "fast"},
    rules={
        "future_stamp": _future,
        "before_2000": lambda row: {"event_ts": "1970-01-01T00:00:17.000Z"},
        "no_person": lambda row: {"user_id": None, "anonymous_id": None},
    },
)


def damaged_event(line: bytes, kind: str, rng: np.random.Generator) -> bytes:
    """Return an event's JSON line damaged in one way."""

    def line_of(row: Row) -> bytes:
        kept = {key: value for key, value in row.items() if value is not None}
        return json.dumps(kept, separators=(",", ":")).encode()

    return damaged_line(kind, json.loads(line), EVENTS, rng, line_of)
