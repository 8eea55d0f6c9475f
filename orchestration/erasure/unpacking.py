"""What a file holds, in pieces: as it lies there, and unpacked where it is packed.

Memory is bounded whatever a file claims to hold. What is not here: what is looked for.
"""

import email
import email.policy
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow
from pyarrow import parquet

from orchestration.landing.file_kinds import is_parquet
from orchestration.landing.files import opened

CHUNK = 4 * 1024 * 1024
# What a library raises at a container that ends, or is none, where it looks for more.
BROKEN = (
    *(OSError, EOFError, zlib.error, pyarrow.ArrowException, zipfile.BadZipFile),
    *(NotImplementedError, RuntimeError, ValueError, LookupError),
)
# Ours are a tenth of it; a larger file is no letter.
LARGEST_LETTER = 1024 * 1024
ROWS = 1024


def readings(path: Path) -> Iterator[Iterator[bytes]]:
    """Yield each way in which a file can be read: its bytes, then what is packed in them.

    What a piece raises where the file is cut or is none of its kind is in ``BROKEN``.
    """
    yield _plain(path)
    ways = {
        **{".gz": _gzip, ".zst": _zstd, ".eml": _letter, ".parquet": _parquet},
        **dict.fromkeys((".xlsx", ".zip"), _zip),
    }
    if way := ways.get(".parquet" if is_parquet(path) else path.suffix.lower()):
        yield way(path)


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


def _zip(path: Path) -> Iterator[bytes]:
    with opened(path) as packed, zipfile.ZipFile(packed) as container:
        for member in container.infolist():
            # Else the end of one would be read on with the beginning of the next.
            yield f"\n{member.filename}\n".encode()
            with container.open(member) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk


def _letter(path: Path) -> Iterator[bytes]:
    with opened(path) as stream:
        content = stream.read(LARGEST_LETTER + 1)
    if len(content) > LARGEST_LETTER:
        return
    letter = email.message_from_bytes(content, policy=email.policy.default)
    yield "\n".join(str(value) for value in letter.values()).encode("utf-8", "replace")
    for part in letter.walk():
        if not part.is_multipart():
            yield part.get_payload(decode=True) or b""


def _parquet(path: Path) -> Iterator[bytes]:
    with opened(path) as stream:
        schema = parquet.read_schema(stream)
        yield str(schema).encode("utf-8", "replace")
        stream.seek(0)
        # A text that is repeated a million times is read once.
        texts = [field.name for field in schema if _is_text(field.type)]
        file = parquet.ParquetFile(stream, read_dictionary=texts)
        names = [field.name for field in schema if _is_text(field.type) or _is_nested(field.type)]
        for batch in file.iter_batches(ROWS, columns=names):
            for column in batch.columns:
                values = column.dictionary if hasattr(column, "dictionary") else column
                yield b"\n".join(map(_as_bytes, values.to_pylist()))


def _is_text(kind: pyarrow.DataType) -> bool:
    types = pyarrow.types
    return any(
        is_of(kind)
        for is_of in (
            types.is_string,
            types.is_large_string,
            types.is_binary,
            types.is_large_binary,
        )
    )


def _is_nested(kind: pyarrow.DataType) -> bool:
    return pyarrow.types.is_nested(kind) or pyarrow.types.is_dictionary(kind)


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
