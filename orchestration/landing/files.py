"""What lies in the landing folder: which files, of which table, format and content.

A file gets here by lying under ``<landing>/<system>/<table>/`` at any depth; hidden files are
left alone. What is not here: what is inside a file.
"""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import LandingError, unreadable

FORMATS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".parquet": "parquet"}
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
ENDINGS = "jsonl, ndjson or csv (plain, .gz or .zst), or parquet"


@dataclass(frozen=True)
class LandingFile:
    """One file that has landed.

    Attributes:
        path: where it lies.
        name: path relative to the landing folder, with slashes.
        format: jsonl, csv or parquet; empty for an unknown ending.
        compression: gzip, zstd or none.
        sha256: of its bytes as they lie there; None while not computed or unreadable.
        size: bytes.
        modified_ns: time of its last change; with the size it tells a file still being written.
        refusal: why it cannot be loaded, as far as known without reading its content.

    """

    path: Path
    name: str
    format: str
    compression: str = "none"
    sha256: str | None = None
    size: int = 0
    modified_ns: int = 0
    refusal: str | None = None


def check_landing(landing: Path) -> None:
    """Make sure that the landing folder can be read.

    Raises:
        LandingError: it is missing, no folder, or not readable.

    """
    expected = (
        "Expected a folder with files in <system>/<table>/. Put the exports there, set LANDING "
        "to where they are, or run `make demo` to write those of a demonstration company."
    )
    if not landing.exists():
        raise LandingError(f"There is no landing folder {landing}. {expected}")
    if not landing.is_dir():
        raise LandingError(f"The landing folder {landing} is a file. {expected}")
    try:
        next(landing.iterdir(), None)
    except OSError as error:
        raise LandingError(
            f"The landing folder {landing} cannot be read: {error.strerror}. Give the user who "
            "runs the load the right to list it and to read its files."
        ) from error


def find_files(landing: Path, table: SourceTable) -> list[LandingFile]:
    """List the files of a table in the order of their names, with their contents' checksums.

    Raises:
        LandingError: a folder of the table cannot be listed.

    """
    return [_hashed(_described(path, landing)) for path in _walk(landing / table.folder)]


def unmatched(landing: Path, declared: Iterable[SourceTable]) -> list[str]:
    """List folders and files that belong to no table of the contract, relative to landing."""
    systems, folders = set(), set()
    for table in declared:
        systems.add(table.system)
        folders.add(table.folder)
    found = []
    for entry in _visible(landing):
        if not entry.is_dir() or entry.name not in systems:
            found.append(entry.name)
            continue
        inside = [f"{entry.name}/{child.name}" for child in _visible(entry)]
        found += [name for name in inside if name not in folders]
    return found


def same_as_when_hashed(file: LandingFile) -> bool:
    """Tell whether nobody has written to the file since its checksum was computed."""
    status = file.path.stat()
    return (status.st_size, status.st_mtime_ns) == (file.size, file.modified_ns)


def _visible(folder: Path) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise LandingError(
            f"The folder {folder} cannot be listed: {error.strerror}. Nothing in it was "
            "loaded. "
            "Give the user who runs the load the right to list it, and run again."
        ) from error


def _walk(folder: Path, above: tuple[Path, ...] = ()) -> list[Path]:
    # A link to a folder above would lead round for ever.
    if not folder.is_dir() or folder.resolve() in above:
        return []
    found: list[Path] = []
    for entry in _visible(folder):
        found += _walk(entry, (*above, folder.resolve())) if entry.is_dir() else [entry]
    return sorted(found)


def _described(path: Path, landing: Path) -> LandingFile:
    endings = [ending.lower() for ending in path.suffixes]
    compression = COMPRESSIONS.get(endings[-1], "none") if endings else "none"
    if compression != "none":
        endings.pop()
    file_format = FORMATS.get(endings[-1], "") if endings else ""
    known = file_format and not (file_format == "parquet" and compression != "none")
    name = path.relative_to(landing).as_posix()
    refusal = None if known else f"unknown ending of the file name; expected {ENDINGS}"
    if not name.isprintable():
        # Neither the books nor a terminal take bytes that are no text, or line ends.
        name = "".join(c if c.isprintable() else ascii(c).strip("'") for c in name)
        refusal = "its name holds characters that cannot be printed; rename it"
    return LandingFile(path, name, file_format, compression, refusal=refusal)


def _hashed(file: LandingFile) -> LandingFile:
    try:
        # To open a pipe or a device could wait for ever.
        if file.path.exists() and not file.path.is_file():
            return replace(file, refusal="it is no file but a pipe, socket or device")
        with file.path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        return replace(file, refusal=file.refusal or unreadable(error))
    refusal = file.refusal or (None if status.st_size else "empty file: 0 bytes")
    return replace(
        file,
        sha256=digest,
        size=status.st_size,
        modified_ns=status.st_mtime_ns,
        refusal=refusal,
    )


def names(files: Sequence[LandingFile]) -> str:
    """Write the names of files as one phrase."""
    return ", ".join(file.name for file in files)
