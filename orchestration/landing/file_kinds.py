"""What a file is by its name: format and packing, or why it is none that is read and what to do.

Exports call lines of JSON ``.json`` as often as ``.jsonl``; such a file is looked into, as the
same ending is that of one JSON document, which has no lines. What is not here: any other content.
"""

import json
import re
from contextlib import suppress
from pathlib import Path
from shlex import quote

import pyarrow

FORMATS = {
    **{".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"},
    **{".csv": "csv", ".tsv": "csv", ".parquet": "parquet"},
}
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
ENDINGS = "jsonl, ndjson, json, csv or tsv (plain, .gz or .zst), or parquet"
ADVICE = {
    **dict.fromkeys((".zip", ".tar", ".tgz", ".7z"), "unpack it into its folder"),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), "save each of its sheets as CSV"),
    **dict.fromkeys((".xml", ".txt"), "have it exported as CSV or as lines of JSON"),
}
DOCUMENT = (
    "it is one JSON document, and not one object a line: write the objects of its list as lines, "
    "as with jq -c '{path}' {name} > {stem}.jsonl"
)
LOOKED_AT = 256 * 1024
LINES = 5
NAMES_OF_ROWS = {"id", "uuid", "event", "event_type", "messageId", "type"}
LIST_BELOW = re.compile(r'"([^"\\]+)"\s*:\s*\[\s*\{')


def kind_of_file(path: Path) -> tuple[str, str, str | None]:
    """Return format and packing of a file by its name, and why it is none that is read."""
    endings = [ending.lower() for ending in path.suffixes]
    compression = COMPRESSIONS.get(endings[-1], "none") if endings else "none"
    if compression != "none":
        endings.pop()
    ending = endings[-1] if endings else ""
    file_format = FORMATS.get(ending, "")
    if file_format and not (file_format == "parquet" and compression != "none"):
        return file_format, compression, None
    what = f"; {ADVICE[ending]}" if ending in ADVICE else ""
    return "", compression, f"unknown ending of the file name; expected {ENDINGS}{what}"


def refusal_of_document(path: Path, compression: str) -> str | None:
    """Say why a file that is called .json cannot be read, if it is one document."""
    if ".json" not in [ending.lower() for ending in path.suffixes[-2:]]:
        return None
    beginning = ""
    # What cannot be opened is refused by who reads it.
    with (
        suppress(OSError, pyarrow.ArrowException),
        pyarrow.input_stream(
            str(path), compression=None if compression == "none" else compression
        ) as opened,
    ):
        beginning = opened.read(LOOKED_AT).decode("utf-8-sig", "replace").lstrip()
    if not beginning or not _is_document(beginning):
        return None
    below = None if beginning[0] == "[" else LIST_BELOW.search(beginning)
    inside = f".{below.group(1)}[]" if below else ".[]" if beginning[0] == "[" else "."
    return DOCUMENT.format(path=inside, name=quote(path.name), stem=quote(path.name.split(".")[0]))


def _is_document(beginning: str) -> bool:
    """Tell whether a text begins one document: a list, or an object over lines or of a list."""
    if beginning[0] == "[":
        return True
    lines = [line for line in beginning.split("\n")[: LINES + 1] if line.strip()]
    rows = [row for line in lines[:LINES] if isinstance(row := _parsed(line), dict)]
    if len(lines) > 1 or not rows:
        # A broken line is for quarantine to tell; a document has none that is whole.
        return len(lines) > 1 and not rows and beginning[0] == "{"
    # A row is called something; what wraps a list has no key of its own.
    return not NAMES_OF_ROWS & {*rows[0]} and any(
        isinstance(value, list) and value and isinstance(value[0], dict)
        for value in rows[0].values()
    )


def _parsed(line: str) -> object:
    with suppress(ValueError, RecursionError):
        return json.loads(line)
    return None
