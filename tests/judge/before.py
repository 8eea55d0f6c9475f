"""Keeps what an older build said, where a set is judged again without that build.

An old commit says the same of the same landing files for ever, and takes an hour to build. So its
rows stay as they were written, as long as the same customers, Mondays and outcomes are asked about;
where those have changed, they are gone.
"""

from collections.abc import Iterator, Sequence

MARK = ", before"
# The place of the score before in a row of the table over all sets.
CELL = 2
# What must be alike: the outcomes asked about, how many customers there are, and how many Mondays.
ASKED = ("", "customers with it, of all", "Mondays of customers")


def is_row_of_before(line: str) -> bool:
    """Tell whether a line of the table of a set is about the older build."""
    return line.startswith("| ") and name_of(line).endswith(MARK)


def name_of(line: str) -> str:
    """Return the first cell of a row."""
    return line.removeprefix("|").partition("|")[0].strip()


def are_alike(old: Sequence[str], new: Sequence[str]) -> bool:
    """Tell whether two tables of a set are about the same customers, Mondays and outcomes."""
    return _asked(old) == _asked(new) != {}


def with_rows_of_before(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the new lines of a set, with the old ones about the older build where those stood.

    Each comes after the old line that it came after, or first where that is one of its kind.
    """
    if any(map(is_row_of_before, new)) or not are_alike(old, new):
        return list(new)
    return list(_joined(old, new))


def with_cell_of_before(old: Sequence[str], new: str) -> str:
    """Return a row of the table over all sets with the old score of the same set and outcome."""
    cells = new.split(" | ")
    said = [line.split(" | ") for line in old if line.split(" | ")[:2] == cells[:2]]
    if said and len(cells) == len(said[0]) > CELL and not cells[CELL].strip():
        cells[CELL] = said[0][CELL]
    return " | ".join(cells)


def _joined(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    waiting = _followed_by(old)
    for line in new:
        if line.startswith("|"):
            yield from waiting.pop(name_of(line), [])
        yield line
    for lines in waiting.values():
        yield from lines


def _followed_by(old: Sequence[str]) -> dict[str, list[str]]:
    """Return the rows of before by the name of the row that comes after them."""
    found: dict[str, list[str]] = {}
    rows: list[str] = []
    for line in old:
        if is_row_of_before(line):
            rows.append(line)
        elif rows and line.startswith("|"):
            found[name_of(line)] = rows
            rows = []
    return {**found, **({MARK: rows} if rows else {})}


def _asked(lines: Sequence[str]) -> dict[str, str]:
    table = [line for line in lines if line.startswith("|")]
    return {name_of(line): line for line in table if name_of(line) in ASKED}
