"""The columns of a file, from its beginning: by them a dialect is recognised.

What is not here: values, which nobody needs to look at for that.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from pyarrow import parquet

from orchestration.landing.blocks import read_blocks
from orchestration.landing.errors import ABOUT_THE_CONTENT, Refusal
from orchestration.landing.files import LandingFile
from orchestration.landing.headers import header_cells

LINES_LOOKED_AT = 200
FILES_LOOKED_AT = 40
# Older Airbyte destinations write the whole row as one object below this name.
WRAPPED = "_airbyte_data"


def columns_of(file: LandingFile) -> tuple[str, ...]:
    """Return the columns of a file in their order; none where it cannot be read.

    Of a file of JSON lines they are the keys of its first lines.
    """
    with suppress(Refusal, OSError, *ABOUT_THE_CONTENT):
        return _read(file)
    return ()


def why_none(file: LandingFile) -> str:
    """Say that no column can be read of a file, and why."""
    why = file.refusal
    try:
        _ = why or _read(file)
    except Refusal as refusal:
        why = str(refusal)
    except (OSError, *ABOUT_THE_CONTENT) as error:
        why = type(error).__name__
    return f"no column can be read of it{': ' if why else ''}{why or ''}"


def _read(file: LandingFile) -> tuple[str, ...]:
    if file.format == "parquet":
        return _of_parquet(file)
    return _of_text(file) if file.format in ("csv", "jsonl") else ()


def looked_at(files: Sequence[LandingFile]) -> list[LandingFile]:
    """Choose files of a table to look at: all of few, of many those spread over their order."""
    if len(files) <= FILES_LOOKED_AT:
        return list(files)
    step = (len(files) - 1) / (FILES_LOOKED_AT - 1)
    return [files[round(number * step)] for number in range(FILES_LOOKED_AT)]


def _of_text(file: LandingFile) -> tuple[str, ...]:
    block = next(read_blocks(file), None)
    if block is None:
        return ()
    starts = [0, *block.ends[: LINES_LOOKED_AT - 1].tolist()]
    lines = [
        block.text[start:end].decode()
        for start, end in zip(starts, block.ends[:LINES_LOOKED_AT].tolist(), strict=False)
    ]
    if file.format == "csv":
        names, delimiter, last = header_cells(block)
        rows = csv.DictReader(lines[last + 1 :], names, delimiter=delimiter)
        return tuple(dict.fromkeys((*names, *_inside(names, rows))))
    return tuple(dict.fromkeys(key for line in lines for key in _keys(line)))


def _of_parquet(file: LandingFile) -> tuple[str, ...]:
    with parquet.ParquetFile(file.path) as opened:
        names = opened.schema_arrow.names
        wrapped = [name for name in names if name.lower() == WRAPPED]
        batches = opened.iter_batches(LINES_LOOKED_AT, columns=wrapped) if wrapped else ()
        rows = next(iter(batches)).to_pylist() if wrapped and opened.metadata.num_rows else ()
        return tuple(dict.fromkeys((*names, *_inside(names, rows))))


def _inside(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for wrapped in (name for name in names if name.lower() == WRAPPED):
        for row in rows:
            yield from _wrapped(row.get(wrapped))


def _keys(line: str) -> list[str]:
    with suppress(ValueError, RecursionError):
        row = json.loads(line)
        if isinstance(row, dict):
            return [*row, *_wrapped(row.get(WRAPPED, row.get(WRAPPED.upper())))]
    return []


def _wrapped(inner: object) -> list[str]:
    # A text of JSON may itself stand in a text of JSON.
    for _ in range(2):
        if isinstance(inner, str):
            with suppress(ValueError, RecursionError):
                inner = json.loads(inner)
    return list(inner) if isinstance(inner, dict) else []
