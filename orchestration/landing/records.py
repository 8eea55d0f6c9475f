"""CSV files as Arrow batches: one row per record, with the number of its first line.

Fields are found by the names in the header, in any order. A malformed record keeps its text
and gets a problem; the others are read by pyarrow as text. What is not here: types, which
``casts`` gives.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy
import pyarrow
from pyarrow import compute
from pyarrow import csv as arrow_csv

from orchestration.landing.blocks import LONGEST_LINE, Block, line_ends, read_blocks, texts
from orchestration.landing.contract import SourceTable
from orchestration.landing.errors import Refusal
from orchestration.landing.files import LandingFile
from orchestration.landing.headers import from_line, read_header
from orchestration.landing.lines import INVALID_TEXT, SCHEMA, TOO_LONG, problems
from orchestration.landing.quoting import Dialect, Records, count_fields, split_records
from orchestration.landing.uneven import even, may_be_header, name_totals, refuse_other_header

BAD_QUOTES = "bad quoting: a quote opens, closes or stands where none may"
BARE_RETURN = "bad line ending: a carriage return outside quotes"
UNKNOWN = pyarrow.map_(pyarrow.string(), pyarrow.string())


def record_schema(table: SourceTable) -> pyarrow.Schema:
    """Return the Arrow schema of the batches that ``read_records`` yields for a table."""
    fields = [(name, pyarrow.string()) for name in table.column_names]
    schema = SCHEMA.append(pyarrow.field("_record", pyarrow.struct(fields)))
    return schema.append(pyarrow.field("_unknown", UNKNOWN))


def read_records(
    file: LandingFile, file_number: int, table: SourceTable
) -> Iterator[pyarrow.RecordBatch]:
    """Read the records of a CSV file, as batches of ``record_schema(table)``.

    Raises:
        Refusal: the file is damaged, is no text, or has no header that fits the contract.

    """
    dialect, rest = None, None
    blocks = read_blocks(file)
    for block, last in _with_last(blocks):
        if dialect is None:
            dialect, block = read_header(block, table)
            if dialect is None:
                continue
        block = _joined(rest, block)
        if not block.text:
            continue
        records = split_records(block.text, block.ends, dialect, last or block.too_long)
        rest = _unfinished(block, records)
        if len(records.ends):
            yield from _batches(block, records, dialect, file_number, table)
    if dialect is None:
        raise Refusal("empty file: it has no lines")


def _with_last(blocks: Iterator[Block]) -> Iterator[tuple[Block, bool]]:
    held = None
    for block in blocks:
        if held is not None:
            yield held, False
        held = block
    if held is not None:
        yield held, True


def _joined(rest: Block | None, block: Block) -> Block:
    if rest is None:
        return block
    text = rest.text + block.text
    flags = [_flags(part) for part in (rest, block)]
    anything = rest.invalid is not None or block.invalid is not None
    return replace(
        rest,
        text=text,
        ends=line_ends(text),
        invalid=numpy.concatenate(flags) if anything else None,
        too_long=block.too_long,
    )


def _flags(block: Block) -> numpy.ndarray:
    return numpy.zeros(len(block.ends), bool) if block.invalid is None else block.invalid


def _unfinished(block: Block, records: Records) -> Block | None:
    if records.unfinished_from is None:
        return None
    return from_line(block, records.unfinished_from)


def _batches(
    block: Block, records: Records, dialect: Dialect, file_number: int, table: SourceTable
) -> Iterator[pyarrow.RecordBatch]:
    lines = texts(block.text[: records.ends[-1]], records.ends)
    numbers = pyarrow.array(records.first_lines + block.first_line)
    counts = count_fields(block.text, records, dialect)
    if numpy.any(uneven := (counts != len(dialect.header)) & (counts > 0)):
        uneven &= ~records.badly_quoted
        refuse_other_header(lines, numbers, pyarrow.array(uneven), dialect, table)
        lines, counts = even(lines, counts, uneven, dialect)
    problem = _problems(block, records, dialect, counts)
    if numpy.any(counts != len(dialect.header)):
        problem = name_totals(lines, problem, counts, dialect)
    content = compute.invert(_blank(lines, dialect))
    good = compute.and_(content, problem.is_null())
    bad = compute.and_(content, problem.is_valid())
    for chosen in (good, bad):
        kept = [column.filter(chosen) for column in (numbers, lines, problem)]
        if len(kept[0]):
            count = len(kept[0])
            fields = _none(count, table)
            if chosen is good:
                columns = _columns(kept[1], dialect, int(kept[0][0].as_py()))
                refuse_other_header(
                    kept[1], kept[0], may_be_header(columns, dialect, table), dialect, table
                )
                fields = _fields(columns, dialect, table)
            files = pyarrow.array(numpy.full(count, file_number, numpy.int32))
            schema = record_schema(table)
            yield pyarrow.record_batch([files, *kept, *fields], schema=schema)


def _blank(lines: pyarrow.StringArray, dialect: Dialect) -> pyarrow.BooleanArray:
    """Tell which records are blank lines, or rows of a spreadsheet in which nothing stands."""
    cell = r'\s*(?:""\s*)?'
    pattern = rf"^{cell}(?:{dialect.escaped}{cell})+$"
    return compute.or_(compute.utf8_is_space(lines), compute.match_substring_regex(lines, pattern))


def _problems(
    block: Block, records: Records, dialect: Dialect, counts: numpy.ndarray
) -> pyarrow.Array:
    expected = len(dialect.header)
    found = [
        problems(numpy.diff(records.ends, prepend=0) > LONGEST_LINE, TOO_LONG),
        problems(records.badly_quoted, BAD_QUOTES),
        problems(counts == 0, BARE_RETURN),
    ]
    if block.too_long:
        found.insert(0, problems(records.ends == len(block.text), TOO_LONG))
    if block.invalid is not None:
        found.insert(0, problems(_any_by_record(block.invalid, records), INVALID_TEXT))
    if numpy.any(counts != expected):
        for count in numpy.unique(counts[(counts != expected) & (counts > 0)]).tolist():
            text = f"wrong number of fields: {count} instead of {expected}"
            found.append(problems(counts == count, text))
    return compute.coalesce(*found)


def _any_by_record(flags: numpy.ndarray, records: Records) -> numpy.ndarray:
    until = len(flags) if records.unfinished_from is None else records.unfinished_from
    return numpy.logical_or.reduceat(flags[:until], records.first_lines)


def _none(count: int, table: SourceTable) -> list[pyarrow.Array]:
    record = record_schema(table).field("_record").type
    return [pyarrow.nulls(count, record), pyarrow.nulls(count, UNKNOWN)]


def _columns(lines: pyarrow.StringArray, dialect: Dialect, first_line: int) -> pyarrow.Table:
    # The text of pyarrow's error would show what stands in a record.
    apart = (
        f"its records from line {first_line} on cannot be told apart; expected CSV as in RFC 4180"
    )
    try:
        columns = _read_csv(_content(lines), dialect)
    except pyarrow.ArrowInvalid as error:
        raise Refusal(apart) from error
    if columns.num_rows != len(lines):
        raise Refusal(apart)
    return columns


def _fields(columns: pyarrow.Table, dialect: Dialect, table: SourceTable) -> list[pyarrow.Array]:
    count = columns.num_rows
    absent = pyarrow.nulls(count, pyarrow.string())
    present = {name: columns[name].combine_chunks() for name in columns.column_names}
    known = [present.get(name, absent) for name in table.column_names]
    record = pyarrow.StructArray.from_arrays(known, names=table.column_names)
    unknown = [name for name in dialect.header if name not in set(table.column_names)]
    return [record, _map({name: present[name] for name in unknown}, count)]


def _content(lines: pyarrow.StringArray) -> pyarrow.Buffer:
    offsets = numpy.frombuffer(lines.buffers()[1], numpy.int32)
    start, end = offsets[lines.offset], offsets[lines.offset + len(lines)]
    return lines.buffers()[2].slice(int(start), int(end - start))


def _read_csv(text: pyarrow.Buffer, dialect: Dialect) -> pyarrow.Table:
    return arrow_csv.read_csv(
        pyarrow.BufferReader(text),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=text.size + 1, column_names=list(dialect.header)
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=dialect.delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(dialect.header, pyarrow.string()),
            strings_can_be_null=True,
            null_values=[""],
            check_utf8=False,
        ),
    )


def _map(columns: dict[str, pyarrow.Array], count: int) -> pyarrow.Array:
    if not columns:
        return pyarrow.nulls(count, UNKNOWN)
    width = len(columns)
    keys = pyarrow.array(columns, pyarrow.string()).take(numpy.tile(range(width), count))
    by_column = numpy.arange(width * count).reshape(width, count)
    values = pyarrow.concat_arrays(columns.values()).take(by_column.T.ravel())
    return pyarrow.MapArray.from_arrays(numpy.arange(0, width * count + 1, width), keys, values)
