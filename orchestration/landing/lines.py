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
        Refusal: the file is damaged, is no text, is one JSON document, or has no line.

    """
    found = False
    for block in read_blocks(file):
        batch = _batch(block, file_number)
        found = found or batch.num_rows > 0
        yield batch
    if not found:
        raise Refusal("empty file: it has no lines")


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
