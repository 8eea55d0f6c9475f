"""What a file is by its name: format and packing, or why it is none that is read and what to do.

Exports call lines of JSON ``.json`` as often as ``.jsonl``. What is not here: what a file holds;
whether it is one JSON document is ``documents``' to tell.
"""

import stat
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
}


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
    what = f"; {ADVICE[ending]}" if ending in ADVICE else ""
    return "", compression, f"unknown ending of the file name; expected {ENDINGS}{what}"


def is_parquet(path: Path) -> bool:
    """Tell whether a file is Parquet by its name; where that tells a packing, by its beginning."""
    before, last = ["", "", *(ending.lower() for ending in path.suffixes)][-2:]
    if last == ".parquet":
        return True
    if before == ".parquet" and last in PACKED_INSIDE:
        with suppress(OSError):
            if stat.S_ISREG(path.lstat().st_mode):
                with path.open("rb") as stream:
                    return stream.read(4) == b"PAR1"
    return False
