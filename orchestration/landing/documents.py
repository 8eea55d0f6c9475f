"""Tells one JSON document from lines of JSON, and says how lines are made of it.

Exports call either of them ``.json``, and some call a document ``.jsonl``. Its lines would all be
quarantined, each for a reason that says nothing. What is not here: what a line means.
"""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePath
from shlex import quote

DOCUMENT = (
    "it is one JSON document, and not one object a line: write the objects of its list as lines, "
    "as with jq -c '{path}' {name} > {lines}"
)
NAMES_OF_ROWS = {"id", "uuid", "event", "event_type", "messageId", "type"}
LIST_BELOW = re.compile(rb'"([^"\\]+)"\s*:\s*\[\s*\{')


def refusal_of_document(beginning: bytes, name: str) -> str | None:
    """Say why a file of lines cannot be read, if it begins as one document does.

    Args:
        beginning: its first lines.
        name: of the file; where it ends in .json, what wraps a list of rows is a document, too.
    """
    lines = [line for line in map(bytes.strip, beginning.splitlines()) if line]
    if not lines or not (_is_laid_out(lines) or _is_called_so(lines, name)):
        return None
    below = None if lines[0].startswith(b"[") else LIST_BELOW.search(beginning)
    path = ".[]" if lines[0].startswith(b"[") else "."
    if below:
        # What is no UTF-8 is no reason to end the load of all other files.
        path = f".{below[1].decode(errors='replace')}[]"
    file = PurePath(name).name
    return DOCUMENT.format(
        path=path, name=quote(file), lines=quote(f"{file.split('.')[0]}-lines.jsonl")
    )


def _is_laid_out(lines: Sequence[bytes]) -> bool:
    """Tell whether a list or an object goes over several lines, or a list fills one."""
    has_rows = any(line.startswith(b"{") and line.endswith(b"}") for line in lines)
    if lines[0] == b"[" or lines[0].startswith((b"[{", b"[ {")):
        return not has_rows or any(line.endswith(b",") for line in lines)
    # A row of which nothing but its bracket came has rows after it.
    return lines[0] == b"{" and not has_rows


def _is_called_so(lines: Sequence[bytes], name: str) -> bool:
    """Tell whether a file that is called .json holds an object over lines, or what wraps rows."""
    if ".json" not in [ending.lower() for ending in PurePath(name).suffixes[-2:]]:
        return False
    rows = [row for line in lines if isinstance(row := _parsed(line), dict)]
    if len(lines) > 1 or not rows:
        return len(lines) > 1 and not rows and lines[0].startswith(b"{")
    # A row is called something; what wraps a list has no key of its own.
    return not NAMES_OF_ROWS & {*rows[0]} and any(
        isinstance(value, list) and value and isinstance(value[0], dict)
        for value in rows[0].values()
    )


def _parsed(line: bytes) -> object:
    with suppress(ValueError, RecursionError):
        return json.loads(line)
    return None
