"""Text files as blocks of whole lines: opened, unpacked, checked and made valid UTF-8.

DuckDB reads a truncated gzip or zstd file as fewer rows and says nothing, so files are unpacked
here, by libraries that notice. What is not here: what a line means.
"""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO

import numpy
import pyarrow

from orchestration.landing.documents import refusal_of_document
from orchestration.landing.errors import Refusal, unreadable
from orchestration.landing.files import LandingFile, opened, unpacks_too_far

READ_BYTES = 4 * 1024 * 1024
LONGEST_LINE = 16 * 1024 * 1024
# Bytes by which one document is told from lines.
LOOKED_AT = 256 * 1024
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
KEPT_OF_A_LONG_LINE = 1000
MAGIC = {
    b"%PDF": "its content is a PDF; export the table as CSV",
    b"\xd0\xcf\x11\xe0": "its content is a spreadsheet of old; save it as CSV",
    b"BZh": "its content is bzip2; pack it with gzip or zstd",
    b"\xfd7zXZ": "its content is xz; pack it with gzip or zstd",
    b"\x1f\x8b": "its content is gzip, so its name must end in .gz",
    b"\x28\xb5\x2f\xfd": "its content is zstd, so its name must end in .zst",
    b"PAR1": "its content is Parquet, so its name must end in .parquet",
    b"PK\x03\x04": "its content is a zip archive (or a spreadsheet); unpack it first",
}


@dataclass(frozen=True)
class Block:
    """Some whole lines of a file.

    Attributes:
        text: valid UTF-8; what was not is written as escaped bytes.
        first_line: physical number of its first line, from 1.
        ends: end of each line in ``text``, line ending included.
        invalid: for each line, whether it was invalid UTF-8; None if none was.
        too_long: it is the beginning of one line that is too long to be read.

    """

    text: bytes
    first_line: int
    ends: numpy.ndarray
    invalid: numpy.ndarray | None = None
    too_long: bool = False


def read_blocks(file: LandingFile) -> Iterator[Block]:
    """Read a file as blocks of whole lines.

    Raises:
        Refusal: its container is damaged, it is no text, is one JSON document in place of lines,
            or has no content.

    """
    line, first = 1, True
    for text, too_long in _looked_at(_whole_lines(_with_newlines(_unpacked(file))), file):
        text, first = text.removeprefix(BYTE_ORDER_MARK) if first else text, False
        block = _block(text, line, too_long)
        line += len(block.ends)
        yield block
    if first:
        raise Refusal("empty file: nothing inside its container")


def _looked_at(
    parts: Iterator[tuple[bytes, bool]], file: LandingFile
) -> Iterator[tuple[bytes, bool]]:
    """Look at the first lines together, as the last line of a file may be a part of its own."""
    first: list[tuple[bytes, bool]] = []
    beginning = b""
    for part in parts:
        if not first:
            check_is_text(part[0])
        first.append(part)
        beginning += part[0][:LOOKED_AT]
        if len(beginning) >= LOOKED_AT:
            break
    beginning = beginning.removeprefix(BYTE_ORDER_MARK)
    if file.format == "jsonl" and (refusal := refusal_of_document(beginning, file.name)):
        raise Refusal(refusal)
    yield from first
    yield from parts


def check_is_text(start: bytes) -> None:
    """Refuse what is no text.

    Raises:
        Refusal: the text says what it looks like.

    """
    for magic, reason in MAGIC.items():
        if start.startswith(magic):
            raise Refusal(f"binary content: {reason}")
    if b"\x00" in start:
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Refusal("binary content: its content is UTF-16; save it as UTF-8")
        raise Refusal("binary content: it holds NUL bytes; expected UTF-8 text")


def _unpacked(file: LandingFile) -> Iterator[bytes]:
    try:
        with opened(file.path) as packed, _unpacking(packed, file.compression) as stream:
            unpacked = 0
            while chunk := stream.read(READ_BYTES):
                unpacked += len(chunk)
                if unpacked > file.most_unpacked and file.compression != "none":
                    raise unpacks_too_far(file)
                yield chunk
    except EOFError as error:
        raise Refusal("truncated gzip: it ends before its end mark; deliver it again") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise Refusal(f"corrupt gzip: {_damage(error)}; deliver it again") from error
    except OSError as error:
        raise Refusal(_unreadable(file, error)) from error


def _unpacking(packed: BinaryIO, compression: str) -> IO[bytes]:
    if compression == "gzip":
        return gzip.GzipFile(fileobj=packed)
    if compression == "zstd":
        return pyarrow.CompressedInputStream(pyarrow.PythonFile(packed, "r"), "zstd")
    return packed


def _damage(error: Exception) -> str:
    # The library's own text shows bytes of the file.
    if "Not a gzipped file" in str(error):
        return "it begins, or goes on after its end mark, with what is no gzip"
    return "what it holds is not what its checksum says"


def _unreadable(file: LandingFile, error: OSError) -> str:
    if file.compression == "zstd" and error.errno is None:
        if "truncated" in str(error).lower():
            return "truncated zstd: it ends before its end mark; deliver it again"
        return "corrupt zstd: what it holds cannot be unpacked; deliver it again"
    return unreadable(error)


def _with_newlines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """End lines with newlines where a file ends them with carriage returns alone.

    Old systems and a spreadsheet's "CSV (Macintosh)" do. Elsewhere a lone carriage return ends
    no line.
    """
    alone, held = None, b""
    for chunk in chunks:
        if alone is None:
            alone = b"\r" in chunk[:-1] and b"\n" not in chunk
        if not alone:
            yield chunk
            continue
        chunk = held + chunk
        held = b"\r" if chunk.endswith(b"\r") else b""
        yield chunk.removesuffix(held).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if held:
        yield b"\n"


def _whole_lines(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    rest, skipping = b"", False
    for chunk in chunks:
        if skipping:
            end = chunk.find(b"\n") + 1
            if not end:
                continue
            chunk, skipping = chunk[end:], False
        rest += chunk
        end = rest.rfind(b"\n") + 1
        if end:
            yield rest[:end], False
            rest = rest[end:]
        elif len(rest) > LONGEST_LINE:
            yield rest[:KEPT_OF_A_LONG_LINE], True
            rest, skipping = b"", True
    if rest:
        yield rest, False


def _block(text: bytes, first_line: int, too_long: bool) -> Block:
    ends = line_ends(text)
    try:
        texts(text, ends).validate(full=True)
    except pyarrow.ArrowInvalid:
        # Escaping makes a line longer, which is how the lines that needed it are known.
        escaped = text.decode("utf-8", "backslashreplace").encode()
        escaped_ends = line_ends(escaped)
        invalid = numpy.diff(escaped_ends, prepend=0) != numpy.diff(ends, prepend=0)
        return Block(escaped, first_line, escaped_ends, invalid, too_long)
    return Block(text, first_line, ends, None, too_long)


def line_ends(text: bytes) -> numpy.ndarray:
    """Return the end of every line in a text, line ending included."""
    ends = numpy.flatnonzero(numpy.frombuffer(text, numpy.uint8) == ord("\n")) + 1
    return ends if text.endswith(b"\n") else numpy.append(ends, len(text))


def texts(text: bytes, ends: numpy.ndarray) -> pyarrow.StringArray:
    """Cut a text into an Arrow array at the given ends, without copying it."""
    offsets = numpy.concatenate(([0], ends)).astype(numpy.int32)
    buffers = [pyarrow.py_buffer(offsets), pyarrow.py_buffer(text)]
    return pyarrow.StringArray.from_buffers(len(ends), *buffers)
