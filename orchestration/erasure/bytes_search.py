"""Looks for the marks of persons in files that no table holds: as bytes, unpacked where packed.

What is not here: files that were loaded, whose rows ``rows`` searches.
"""

import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow
from pyarrow import compute

from orchestration.erasure.marks import DISTINCTIVE
from orchestration.landing.errors import Refusal
from orchestration.landing.files import opened, shown

CHUNK = 4 * 1024 * 1024
# No mark is longer; what a chunk ends with is looked at again with the next.
OVERLAP = 1024
# What a library raises at a container that ends, or is none, where it looks for more.
BROKEN = (OSError, EOFError, zlib.error, pyarrow.ArrowException)
Pattern = str


def marks_as_pattern(connection: duckdb.DuckDBPyConnection) -> Pattern | None:
    """Return an expression that finds the marks which mean nothing else; None for none."""
    (pattern,) = connection.execute(
        "select string_agg(regexp_escape(mark), '|' order by length(mark) desc) "
        f"from (select distinct lower(mark) as mark from erased_marks where {DISTINCTIVE})"
    ).fetchone()
    return f"(^|[^0-9a-z])({pattern})($|[^0-9a-z])" if pattern else None


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
        if holds(path, pattern) or _matches(os.fsencode(_name(path, landing)), pattern)
    )


def files_with_marks(folders: Sequence[Path], pattern: Pattern) -> list[Path]:
    """Return the files below some folders whose bytes or names hold a mark."""
    found = {path for folder in folders for path in _files(folder)}
    return sorted(
        path for path in found if holds(path, pattern) or _matches(os.fsencode(path.name), pattern)
    )


def holds(path: Path, pattern: Pattern) -> bool:
    """Tell whether a file holds a mark, as it lies there or unpacked, as far as it can be read."""
    ways = [_plain]
    if path.suffix.lower() == ".gz":
        ways.append(_gzip)
    if path.suffix.lower() == ".zst":
        ways.append(_zstd)
    return any(_any_chunk(way(path), pattern) for way in ways)


def _any_chunk(chunks: Iterator[bytes], pattern: Pattern) -> bool:
    before = b""
    try:
        for chunk in chunks:
            if _matches(before + chunk, pattern):
                return True
            before = chunk[-OVERLAP:]
    except (*BROKEN, Refusal):
        return False
    return False


def _matches(content: bytes, pattern: Pattern) -> bool:
    # Text of two bytes a character is the same without its zeros.
    texts = [content.lower(), content.replace(b"\x00", b"").lower()]
    values = pyarrow.array([text.decode("ascii", "replace") for text in texts])
    return bool(compute.any(compute.match_substring_regex(values, pattern)).as_py())


def _plain(path: Path) -> Iterator[bytes]:
    with opened(path) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _gzip(path: Path) -> Iterator[bytes]:
    # Not by the module ``gzip``, which gives nothing of a part that is cut.
    unpacking = zlib.decompressobj(wbits=31)
    for packed in _plain(path):
        while packed:
            yield unpacking.decompress(packed, CHUNK)
            packed = unpacking.unconsumed_tail
            if unpacking.eof:
                packed, unpacking = unpacking.unused_data, zlib.decompressobj(wbits=31)
    yield unpacking.flush()


def _zstd(path: Path) -> Iterator[bytes]:
    with (
        opened(path) as packed,
        pyarrow.CompressedInputStream(pyarrow.PythonFile(packed, "r"), "zstd") as stream,
    ):
        while chunk := stream.read(CHUNK):
            yield chunk


def _files(folder: Path) -> Iterator[Path]:
    for here, _, names in os.walk(folder):
        yield from (path for name in names if (path := Path(here, name)).is_file())


def _name(path: Path, landing: Path) -> str:
    return shown(path.relative_to(landing).as_posix())
