"""Looks for the marks of persons in files that no table holds: as bytes, unpacked where packed.

What is not here: files that were loaded, whose rows ``rows`` searches, and how a packed file is
read, which ``unpacking`` knows.
"""

import html
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

import duckdb
import pyarrow
from pyarrow import compute

from orchestration.erasure.marks import DISTINCTIVE, MARKS_OF_A_PATTERN
from orchestration.erasure.unpacking import BROKEN, readings
from orchestration.landing.errors import Refusal
from orchestration.landing.files import shown
from orchestration.process.files_below import entries_below

# No mark is longer; what a chunk ends with is looked at again with the next.
OVERLAP = 1024
# A page that is printed says what the page says, and glyphs cannot be searched.
PAGE, PRINTED = ".html", ".pdf"
# Expressions; each finds some of the marks.
Pattern = tuple[str, ...]


def marks_as_pattern(connection: duckdb.DuckDBPyConnection) -> Pattern | None:
    """Return what finds the marks which mean nothing else; None for none."""
    marks = connection.execute(
        f"select distinct mark from erased_marks where {DISTINCTIVE} order by all"
    ).fetchall()
    return pattern_of(mark for (mark,) in marks) or None


def pattern_of(marks: Iterable[str]) -> Pattern:
    """Return what finds marks as words of their own, in capitals or not, in any of their forms."""
    forms = sorted({form for mark in marks for form in _forms(mark)}, key=lambda one: -len(one))
    groups = (
        forms[start : start + MARKS_OF_A_PATTERN]
        for start in range(0, len(forms), MARKS_OF_A_PATTERN)
    )
    return tuple(f"(^|[^0-9a-z])({'|'.join(map(re.escape, g))})($|[^0-9a-z])" for g in groups)


def _forms(mark: str) -> Iterator[str]:
    """Yield a mark as it stands in a text, in JSON, on a page and in an address."""
    yield mark.lower()
    yield json.dumps(mark)[1:-1].lower()
    yield html.escape(mark).lower()
    # As templates write an apostrophe.
    yield html.escape(mark).replace("&#x27;", "&#39;").replace("&quot;", "&#34;").lower()
    yield quote(mark, safe="@").lower()


def unread_files_with(
    connection: duckdb.DuckDBPyConnection, landing: Path, pattern: Pattern
) -> list[str]:
    """Return the files below the landing folder that were not loaded and hold a mark.

    They were refused, wait, or lie where nothing is read from; a name that holds one counts, too.
    """
    read = {
        name
        for (name,) in connection.execute(
            "select file from raw.loads where refusal is null union select file from raw.replays"
        ).fetchall()
    }
    unread = (path for path in _files(landing) if _name(path, landing) not in read)
    return sorted(
        _name(path, landing)
        for path in unread
        if holds(path, pattern) or matches(os.fsencode(_name(path, landing)), pattern)
    )


def files_with_marks(folders: Sequence[Path], pattern: Pattern) -> list[Path]:
    """Return the files below some folders whose content or names hold a mark."""
    found = {path for folder in folders for path in _files(folder)}
    held = {
        path for path in found if holds(path, pattern) or matches(os.fsencode(path.name), pattern)
    }
    printed = {path.with_suffix(PRINTED) for path in held if path.suffix == PAGE}
    return sorted(held | (printed & found))


def holds(path: Path, pattern: Pattern) -> bool:
    """Tell whether a file holds a mark, as it lies there or unpacked, as far as it can be read."""
    return any(_any_chunk(chunks, pattern) for chunks in readings(path))


def matches(content: bytes, pattern: Pattern) -> bool:
    """Tell whether a content holds a mark."""
    # Text of two bytes a character is the same without its zeros.
    texts = {content.decode("utf-8", "replace"), content.replace(b"\x00", b"").decode("latin-1")}
    values = pyarrow.array([text.lower() for text in texts])
    return any(compute.any(compute.match_substring_regex(values, part)).as_py() for part in pattern)


def _any_chunk(chunks: Iterator[bytes], pattern: Pattern) -> bool:
    before = b""
    try:
        for chunk in chunks:
            if matches(before + chunk, pattern):
                return True
            before = chunk[-OVERLAP:]
    except (*BROKEN, Refusal):
        return False
    return False


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path, _ in entries_below(folder))


def _name(path: Path, landing: Path) -> str:
    return shown(path.relative_to(landing).as_posix())
