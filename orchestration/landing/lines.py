"""JSONL files as Arrow batches: one row per line, with its physical number.

What is not here: JSON itself, which DuckDB reads in ``statements``.
"""

from collections.abc import Iterator

import numpy
import pyarrow
from pyarrow import compute

from orchestration.landing.blocks import LONGEST_LINE, Block, read_blocks, texts
from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import Refusal
from orchestration.landing.files import LandingFile

INVALID_TEXT = "invalid UTF-8"
TOO_LONG = "line longer than 16 MB"
ONE_DOCUMENT = (
    "it is one JSON document over several rows or lines; expected one object a line, as "
    "`jq -c '.[]'` writes of an array and `jq -c .` of objects"
)
# So many lines without one whole object among them are a document and no rows that were torn.
LOOKED_AT = 50
SCHEMA = pyarrow.schema(
    [
        ("_file_number", pyarrow.int32()),
        ("_line", pyarrow.int64()),
        ("_text", pyarrow.string()),
        ("_problem", pyarrow.string()),
    ]
)


def read_lines(
    file: LandingFile, file_number: int, _table: SourceTable
) -> Iterator[pyarrow.RecordBatch]:
    """Read the lines of a file that are not blank, as batches of ``SCHEMA``.

    Raises:
        Refusal: the file is damaged, is no text, has no line, or is an array or a document that is
            laid out over lines.

    """
    found, beginning = False, b""
    for block in read_blocks(file):
        # The last line of a file may be a block of its own.
        if beginning is not None:
            beginning += block.text
            if beginning.count(b"\n") >= LOOKED_AT:
                _refuse_one_document(beginning)
                beginning = None
        batch = _batch(block, file_number)
        found = found or batch.num_rows > 0
        yield batch
    if not found:
        raise Refusal("empty file: it has no lines")
    if beginning is not None:
        _refuse_one_document(beginning)


def _refuse_one_document(beginning: bytes) -> None:
    lines = [line for line in map(bytes.strip, beginning.splitlines()) if line]
    begins = bool(lines) and (lines[0] in {b"{", b"["} or lines[0].startswith((b"[{", b"[ {")))
    if begins and not any(line.startswith(b"{") and line.endswith(b"}") for line in lines):
        raise Refusal(ONE_DOCUMENT)


def problems(flags: numpy.ndarray, problem: str) -> pyarrow.Array:
    """Write a problem wherever a flag is set, and nothing elsewhere."""
    absent = pyarrow.scalar(None, pyarrow.string())
    return compute.if_else(pyarrow.array(flags), problem, absent)


def _batch(block: Block, file_number: int) -> pyarrow.RecordBatch:
    count = len(block.ends)
    numbers = numpy.arange(block.first_line, block.first_line + count)
    lines = texts(block.text, block.ends)
    too_long = numpy.diff(block.ends, prepend=0) > LONGEST_LINE
    problem = problems(too_long | block.too_long, TOO_LONG)
    if block.invalid is not None:
        problem = compute.coalesce(problem, problems(block.invalid, INVALID_TEXT))
    files = numpy.full(count, file_number, numpy.int32)
    batch = pyarrow.record_batch([files, numbers, lines, problem], schema=SCHEMA)
    blank = compute.utf8_is_space(lines)
    return batch.filter(compute.invert(blank)) if compute.any(blank).as_py() else batch
