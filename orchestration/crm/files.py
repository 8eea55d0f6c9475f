"""What a push did, as files for people: below the reports, in the folder ``push`` of the day.

``<destination>.csv`` has every field with its status; ``<destination>.json`` the records that were
due, as they would be sent. What is not here: the book, which decides what is sent next.
"""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orchestration.crm.choice import STATUSES, ChosenField
from orchestration.crm.field_map import Destination
from orchestration.crm.wanted import FORMULA
from orchestration.warehouse.atomic_write import write_atomically

FOLDER = "push"
COLUMNS = (
    *("account_id", "key", "property", "value", "last_acknowledged_value", "status", "answer"),
    *("attempts", "next_try_date"),
)


def write_push(
    folder: Path,
    destination: Destination,
    fields: Sequence[ChosenField],
    due: Sequence[ChosenField],
    what: dict[str, Any],
) -> Path:
    """Write both files of one destination; return the path of the first.

    Args:
        folder: of the reports of the day.
        destination: the system.
        fields: every field as it ended.
        due: those that were to be sent.
        what: more about the push, for the second file.
    """
    path = folder / FOLDER / f"{destination.name}.csv"
    with write_atomically(path) as unfinished, unfinished.open("w", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for f in fields:
            wanted = f.wanted
            # Values are harmless as they are sent, and numbers may be negative.
            writer.writerow(
                [
                    *map(harmless, (wanted.account_id, wanted.key, wanted.name)),
                    *(wanted.value, f.last, f.status, harmless(f.answer)),
                    *(f.attempts, f.next_try_date),
                ]
            )
    records: dict[str, dict[str, Any]] = {}
    for f in due:
        record = records.setdefault(f.wanted.account_id, {"key": f.wanted.key, "properties": {}})
        record["properties"][f.wanted.name] = f.wanted.value
    contents = {
        **what,
        "destination": destination.name,
        "object": destination.object,
        "key_property": destination.key_property,
        "counts": counts(fields),
    }
    # A record a line: it is read that way, and written five times as fast as with indents.
    lines = ",\n".join(
        json.dumps({"account_id": account, **record}, ensure_ascii=False)
        for account, record in records.items()
    )
    with write_atomically(path.with_suffix(".json")) as unfinished:
        head = json.dumps(contents, ensure_ascii=False)[:-1]
        unfinished.write_text(f'{head}, "records": [\n{lines}\n]}}\n', "utf-8")
    return path


def counts(fields: Sequence[ChosenField]) -> dict[str, int]:
    """Count fields by status; together they are all of them."""
    found = Counter(field.status for field in fields)
    return {status: found[status] for status in STATUSES}


def harmless(text: str | None) -> str | None:
    """Write a text so that no spreadsheet runs it."""
    return f"'{text}" if text and text.startswith(FORMULA) else text
