"""What lies in the landing folder: which files, of which table, format and content.

A file gets here by lying under ``<landing>/<system>/<table>/`` at any depth; hidden files are
left alone. Only regular files that lie there themselves are read: a link could lead out of the
folder or round for ever, and a pipe keep the load waiting. What is not here: what is inside a
file.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import LandingError, Refusal, unreadable
from orchestration.landing.file_kinds import kind_of_file

LINK = (
    "it is a link; only what lies in the landing folder itself is read: put the file or folder "
    "there, or set LANDING to where it lies"
)
NO_FILE = "it is no file but a pipe, socket or device"
ENDS = (b"\n", b"\r")
NO_FOLDER = "it is a file; expected a folder of files"
# Whatever its ratio, a file that unpacks to no more does no harm.
LEAST_LIMIT = 64 * 1024 * 1024


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
        is_open_ended: its last byte ends no line, as while somebody still writes.
        most_unpacked: number of bytes that it may unpack to.
        is_adapted: its name is that of a vendor's file, and ``path`` that of the Parquet file
            that was made of it; each row says from which line.

    """

    path: Path
    name: str
    format: str
    compression: str = "none"
    sha256: str | None = None
    size: int = 0
    modified_ns: int = 0
    refusal: str | None = None
    is_open_ended: bool = False
    most_unpacked: int = LEAST_LIMIT
    is_adapted: bool = False


@dataclass(frozen=True)
class Limits:
    """What a file may ask of the loader.

    Attributes:
        quiet_seconds: a file whose last line has no end is read once it was not written to for so
            long.
        unpack_ratio: a packed file may unpack to so many times its size.
    """

    quiet_seconds: float = 0
    unpack_ratio: int = 200


def unpacks_too_far(file: LandingFile) -> Refusal:
    """Return the refusal of a file that holds more than its size speaks for."""
    return Refusal(
        f"it unpacks to more than {file.most_unpacked:,} bytes, which is more than a table of its "
        f"{file.size:,} bytes does; deliver it unpacked, or raise UNPACK_RATIO"
    )


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
        for entry in landing.iterdir():
            entry.lstat()
            break
    except OSError as error:
        raise LandingError(
            f"The landing folder {landing} cannot be read: {error.strerror}. Give the user who "
            "runs the load the right to list it and to read its files."
        ) from error


def find_files(
    landing: Path, table: SourceTable, unpack_ratio: int = Limits.unpack_ratio
) -> list[LandingFile]:
    """List the files of a table in the order of their names, with their contents' checksums.

    What stands there and is no file that can be read is among them, with its refusal.
    """
    found = sorted(_walk(landing / table.folder))
    described = (_described(path, landing, refusal) for path, refusal in found)
    return [hashed(file, unpack_ratio) for file in described]


def described_below(landing: Path, folder: str) -> list[LandingFile]:
    """List what lies below a folder of the landing folder, by name, with nothing of it read."""
    found = sorted(_walk(landing / folder))
    return [_described(path, landing, refusal) for path, refusal in found]


def shown(name: str) -> str:
    """Write a name so that books, logs and terminals take it: what is no text is escaped."""
    return "".join(c if c.isprintable() else ascii(c).strip("'") for c in name)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a regular file to be read, and nothing else: no link is followed, no pipe waited for.

    Raises:
        Refusal: it is a link, a folder, a pipe, a socket or a device.
        OSError: it cannot be opened.

    """
    if refusal := _kind(path):
        raise Refusal(refusal)
    # Between the look and the opening something else may have been put in its place.
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    with os.fdopen(os.open(path, flags), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise Refusal(NO_FILE)
        yield stream


def same_as_when_hashed(file: LandingFile) -> bool:
    """Tell whether nobody has written to the file since its checksum was computed."""
    status = file.path.lstat()
    return (status.st_size, status.st_mtime_ns) == (file.size, file.modified_ns)


def hashed(file: LandingFile, unpack_ratio: int = Limits.unpack_ratio) -> LandingFile:
    """Return the file with what its bytes tell, as they are now."""
    try:
        with opened(file.path) as stream:
            status = os.fstat(stream.fileno())
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            is_open_ended = _is_text(file) and status.st_size > 0 and _last_byte(stream) not in ENDS
    except Refusal as refusal:
        return replace(file, refusal=file.refusal or str(refusal))
    except OSError as error:
        return replace(file, refusal=file.refusal or unreadable(error))
    refusal = file.refusal or (None if status.st_size else "empty file: 0 bytes")
    return replace(
        file,
        sha256=digest,
        size=status.st_size,
        modified_ns=status.st_mtime_ns,
        refusal=refusal,
        is_open_ended=is_open_ended,
        most_unpacked=max(LEAST_LIMIT, unpack_ratio * status.st_size),
    )


def _is_text(file: LandingFile) -> bool:
    # A container and a Parquet file have marks of their own at their ends.
    return file.format in ("jsonl", "csv") and file.compression == "none"


def _last_byte(stream: BinaryIO) -> bytes:
    stream.seek(-1, os.SEEK_END)
    return stream.read(1)


def visible(folder: Path) -> list[Path]:
    """Return what lies in a folder and is not hidden, by name."""
    return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))


def _kind(path: Path) -> str | None:
    """Return why what stands there is no regular file, if it is none."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return LINK
    return None if stat.S_ISREG(mode) else NO_FILE


def _walk(top: Path) -> Iterator[tuple[Path, str | None]]:
    """Yield what lies below a folder, with why it is refused where its kind says so."""
    if top.parent.is_symlink() and os.path.lexists(top):
        yield top, LINK
        return
    # No recursion, as folders may lie deeper in each other than calls may.
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            if stat.S_ISDIR(path.lstat().st_mode):
                waiting += visible(path)
            else:
                yield path, _kind(path) or (NO_FOLDER if path == top else None)
        except (FileNotFoundError, NotADirectoryError):
            # It was taken away since it was listed, or nothing has landed for the table.
            continue
        except OSError as error:
            yield path, unreadable(error)


def _described(path: Path, landing: Path, refusal: str | None) -> LandingFile:
    file_format, compression, unknown = kind_of_file(path)
    name = path.relative_to(landing).as_posix()
    refusal = refusal or unknown
    if not name.isprintable():
        refusal = "its name holds characters that cannot be printed; rename it"
    return LandingFile(path, shown(name), file_format, compression, refusal=refusal)
