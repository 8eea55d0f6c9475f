"""The header of a CSV file: how the file is written, and what its fields are called.

A header may follow blank lines or the line ``sep=;`` of a spreadsheet, and its cells may be
quoted and hold line breaks. What is said of a first line that is no header tells none of its
values, as it may be a person's. What is not here: the records below it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from orchestration.landing.blocks import Block
from orchestration.landing.column_names import folded_name, own_names
from orchestration.landing.contract import SourceTable, declared_among
from orchestration.landing.errors import Refusal
from orchestration.landing.quoting import Dialect, is_whole

DELIMITERS = (",", ";", "\t", "|")
MOST_HEADER_LINES = 100
# No export has so many columns, and each costs memory for every record.
MOST_CELLS = 10_000
SEPARATOR = re.compile(r'"?sep=(.*?)"?', re.IGNORECASE | re.DOTALL)
# Of a row of a spreadsheet in which nothing stands its separators are left.
NOTHING = re.compile(r'[\s,;|]*(?:""[\s,;|]*)*')
LOOKS_LIKE = {
    "<": "it looks like a page or XML; export the table as CSV",
    "{": "it looks like JSON; its name must then end in .jsonl",
    "[": "it looks like JSON; write one object a line and end its name in .jsonl",
}


def read_header(block: Block, table: SourceTable) -> tuple[Dialect | None, Block]:
    """Read the header that a block begins with; return what follows it.

    The dialect is None if the block holds nothing but blank lines.

    Raises:
        Refusal: there is none, or it does not fit the contract.

    """
    found = _place_of(block)
    if found is None:
        return None, block
    delimiters, line, last = found
    header = _between(block, line, last)
    return _dialect(header, table, delimiters, block.first_line + line), from_line(block, last + 1)


def header_cells(block: Block) -> tuple[tuple[str, ...], str, int]:
    """Return the cells of the header that a block begins with, their delimiter, and its last line.

    Raises:
        Refusal: there is none that could be read.

    """
    found = _place_of(block)
    if found is None:
        return (), DELIMITERS[0], 0
    delimiters, line, last = found
    header = _between(block, line, last).rstrip("\r\n")
    cells = {delimiter: split_cells(header, delimiter) for delimiter in delimiters}
    delimiter = max(delimiters, key=lambda sign: len(cells[sign]))
    return cells[delimiter], delimiter, last


def _place_of(block: Block) -> tuple[tuple[str, ...], int, int] | None:
    """Return the delimiters that a header may have, its first line and its last."""
    delimiters = DELIMITERS
    for line in range(len(block.ends)):
        text = _between(block, line, line)
        if NOTHING.fullmatch(text):
            continue
        number = block.first_line + line
        if block.too_long:
            raise Refusal(f"no header: line {number} is longer than 16 MB")
        if said := SEPARATOR.fullmatch(text.rstrip("\r\n")):
            delimiters = _said(said.group(1), number)
            continue
        return delimiters, line, _last_line(block, line, delimiters)
    return None


def _between(block: Block, first: int, last: int) -> str:
    start = int(block.ends[first - 1]) if first else 0
    return block.text[start : block.ends[last]].decode()


def split_cells(record: str, delimiter: str) -> tuple[str, ...]:
    """Split a record into its cells, however badly it is quoted."""
    quoted = r'"[^"]*(?:""[^"]*)*"?'
    cells = re.findall(
        rf"({quoted}|[^{re.escape(delimiter)}]*)(?:{re.escape(delimiter)}|$)", record
    )
    # The pattern also finds the nothing after the end.
    if record and not record.endswith(delimiter):
        cells = cells[:-1]
    return tuple(_plain(cell) for cell in cells)


def from_line(block: Block, line: int) -> Block:
    """Return a block without its first lines."""
    start = int(block.ends[line - 1]) if line else 0
    return replace(
        block,
        text=block.text[start:],
        first_line=block.first_line + line,
        ends=block.ends[line:] - start,
        invalid=None if block.invalid is None else block.invalid[line:],
    )


def _said(delimiter: str, number: int) -> tuple[str, ...]:
    if delimiter.strip(" ") not in DELIMITERS:
        raise Refusal(
            f"line {number} announces another delimiter than comma, semicolon, tab or bar; export  "
            "the table with one of these"
        )
    return (delimiter.strip(" "),)


def _last_line(block: Block, line: int, delimiters: tuple[str, ...]) -> int:
    start = int(block.ends[line - 1]) if line else 0
    if block.text.count(b'"', start, int(block.ends[line])) % 2 == 0:
        return line
    for last in range(line + 1, min(line + MOST_HEADER_LINES, len(block.ends))):
        text = block.text[start : block.ends[last]]
        if any(is_whole(text, Dialect(delimiter, ())) for delimiter in delimiters):
            return last
    return line


def _dialect(header: str, table: SourceTable, delimiters: tuple[str, ...], number: int) -> Dialect:
    candidates = [
        (delimiter, split_cells(header.rstrip("\r\n"), delimiter)) for delimiter in delimiters
    ]
    delimiter, cells = max(
        candidates, key=lambda candidate: (len(own_names(table, candidate[1])), len(candidate[1]))
    )
    if len(cells) > MOST_CELLS:
        raise Refusal(
            f"line {number} has {len(cells):,} cells; expected a header of at most {MOST_CELLS:,}"
        )
    written = own_names(table, cells)
    if not written:
        looks = LOOKS_LIKE.get(header.lstrip()[:1], f"it has {len(cells)} cell(s)")
        raise Refusal(
            f"no header: line {number} names none of the columns of {table.folder} ({looks}); "
            f"expected a line such as {','.join(table.column_names[:4])},..."
        )
    if absent := [name for name in table.required_columns if name not in written]:
        raise Refusal(f"the header lacks the required columns {', '.join(absent)}")
    ours = {folded_name(name) for name in table.column_names}
    twice = [name for name, count in Counter(cells).items() if name and count > 1]
    if twice := [name for name in twice if folded_name(name) in ours]:
        raise Refusal(f"the header names columns twice: {declared_among(twice, table)}")
    names = {cell: name for name, cell in written.items()}
    cells = tuple(names.get(cell, cell) for cell in cells)
    named = max(place for place, name in enumerate(cells, 1) if name)
    return Dialect(delimiter, tuple(_told_apart(cells)), named)


def _told_apart(cells: tuple[str, ...]) -> Iterator[str]:
    """Give each cell a name of its own: those without one, and what no contract names twice."""
    given: set[str] = set()
    for place, cell in enumerate(cells, 1):
        base = cell or f"column {place}"
        name = base if cell or base not in cells else f"unnamed {base}"
        count = 1
        while name in given or (count > 1 and name in cells):
            count += 1
            name = f"{base} ({count})"
        given.add(name)
        yield name


def _plain(cell: str) -> str:
    if cell.startswith('"'):
        cell = cell[1:-1] if cell.endswith('"') and len(cell) > 1 else cell[1:]
        cell = cell.replace('""', '"')
    return " ".join(cell.split())
