"""What a file is by its name: format and packing, or why it is none that is read and what to do.

Exports call lines of JSON ``.json`` as often as ``.jsonl``, and Segment's raw logs are called
``.gz`` alone. What is not here: what a file holds; whether it is one JSON document is
``documents``' to tell.
"""

import gzip
import stat
import zlib
from contextlib import suppress
from pathlib import Path

FORMATS = {
    **{".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"},
    **{".csv": "csv", ".tsv": "csv", ".parquet": "parquet"},
}
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
# What a name of a Parquet file may end in whose columns are packed, while the file itself is not.
PACKED_INSIDE = (".br", ".gz", ".lz4", ".snappy", ".sz", ".zst")
ENDINGS = "jsonl, ndjson, json, csv or tsv (plain, .gz or .zst), or parquet"
ADVICE = {
    **dict.fromkeys((".zip", ".tar", ".tgz", ".7z"), "unpack it into its folder"),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), "save each of its sheets as CSV"),
    **dict.fromkeys((".xml", ".txt"), "have it exported as CSV or as lines of JSON"),
    ".log": "docs/logs.md shows how a log becomes a table",
}
# Warehouses unload parts that are called 0000_part_00 or 000000000000.
NAMELESS_PARQUET = "it holds Parquet: end its name in .parquet"


def kind_of_file(path: Path) -> tuple[str, str, str | None]:
    """Return format and packing of a file by its name, and why it is none that is read."""
    if is_parquet(path):
        return "parquet", "none", None
    endings = [ending.lower() for ending in path.suffixes]
    compression = COMPRESSIONS.get(endings[-1], "none") if endings else "none"
    if compression != "none":
        endings.pop()
    ending = endings[-1] if endings else ""
    file_format = FORMATS.get(ending, "")
    if file_format and file_format != "parquet":
        return file_format, compression, None
    if compression == "gzip" and ending not in ADVICE and holds_objects(path):
        return "jsonl", compression, None
    advice = ADVICE.get(ending) or (NAMELESS_PARQUET if _begins_as_parquet(path) else "")
    what = f"; {advice}" if advice else ""
    return "", compression, f"unknown ending of the file name; expected {ENDINGS}{what}"


def is_parquet(path: Path) -> bool:
    """Tell whether a file is Parquet by its name; where that tells a packing, by its beginning."""
    before, last = ["", "", *(ending.lower() for ending in path.suffixes)][-2:]
    if last == ".parquet":
        return True
    if before == ".parquet" and last in PACKED_INSIDE:
        return _begins_as_parquet(path)
    return False


def _begins_as_parquet(path: Path) -> bool:
    with suppress(OSError):
        if stat.S_ISREG(path.lstat().st_mode):
            with path.open("rb") as stream:
                return stream.read(4) == b"PAR1"
    return False


def holds_objects(path: Path) -> bool:
    """Tell whether a packed file begins as an object of JSON does, as Segment names its logs."""
    with suppress(OSError, EOFError, zlib.error):
        if stat.S_ISREG(path.lstat().st_mode):
            with gzip.open(path) as stream:
                return stream.read(1) == b"{"
    return False
