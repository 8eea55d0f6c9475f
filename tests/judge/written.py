"""Puts what the judge found between two marks of a page, and touches nothing else of it.

What stands there of sets that were not judged now stays, as a set takes up to an hour to build.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from pathlib import Path

from tests.judge.before import are_alike, with_cell_of_before, with_rows_of_before

BEGIN = "<!-- judged: begin, written by make judge -->"
END = "<!-- judged: end -->"
SECTION = re.compile(r"### `(?P<name>[^`]+)`")
# A row of a table over all sets, or a sentence of the list below one.
LINE_OF_A_SET = re.compile(r"(\| |\* )`(?P<name>[^`]+)`")
RULE = re.compile(r"\| ---")


class MarksMissing(ValueError):
    """The page has no place for the tables. The text names the page and what it must contain."""


def write(page: Path, lines: list[str]) -> None:
    """Replace what stands between the marks of the page about the sets that the lines are about.

    Raises:
        MarksMissing: the page is not there, or has not each mark once, in their order.

    """
    text = page.read_text() if page.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    old, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in after:
        raise MarksMissing(
            f"{page}: expected one line {BEGIN!r} and after it one line {END!r}; "
            "write both where the tables shall stand."
        )
    joined = beside(old.splitlines(), lines)
    page.write_text("\n".join([f"{before}{BEGIN}", "", *joined, "", f"{END}{after}"]))


def beside(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the new lines, and before each kind of them the old ones about other sets."""
    judged = _judged(new)
    stood = dict(_sections(old))
    kept = [lines for name, lines in stood.items() if name not in judged]
    found = {
        name: with_rows_of_before(stood.get(name, []), lines) for name, lines in _sections(new)
    }
    head = [
        _with_old_score(line, old, stood, found)
        for line in takewhile(lambda line: not SECTION.match(line), new)
    ]
    rows = _rows_by_heading(old, judged)
    joined: list[str] = []
    for heading, line in zip(["", *head], head, strict=False):
        joined.append(line)
        if RULE.match(line):
            joined += rows.get(heading, [])
    while joined and not joined[-1]:
        joined.pop()
    if sentences := rows.get("*"):
        is_list = joined and joined[-1].startswith("* ")
        joined += [*([] if is_list else [""]), *sentences]
    for section in [*kept, *found.values()]:
        joined += ["", *section]
    return joined


def _judged(new: Sequence[str]) -> set[str]:
    """Return the sets that the lines are about; each has a section, a row or a sentence."""
    named = (SECTION.match(line) or LINE_OF_A_SET.match(line) for line in new)
    return {found["name"] for found in named if found}


def _with_old_score(
    line: str, old: Sequence[str], stood: dict[str, list[str]], found: dict[str, list[str]]
) -> str:
    """Return a row with what an older build said, where its set is asked the same as then."""
    about = LINE_OF_A_SET.match(line)
    name = about and about["name"]
    if name not in stood or name not in found or not are_alike(stood[name], found[name]):
        return line
    return with_cell_of_before(old, line)


def _sections(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each section by the set that it is about, without the empty lines at its ends."""
    starts = [number for number, line in enumerate(lines) if SECTION.match(line)]
    for start, end in pairwise([*starts, len(lines)]):
        text = "\n".join(lines[start:end]).strip("\n")
        yield SECTION.match(text)["name"], text.split("\n")


def _rows_by_heading(lines: Sequence[str], judged: set[str]) -> dict[str, list[str]]:
    """Return the rows about other sets by the heading of their table, sentences below ``*``."""
    rows: dict[str, list[str]] = {}
    heading = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if SECTION.match(line):
            break
        if RULE.match(following):
            heading = line
        found = LINE_OF_A_SET.match(line)
        if found and found["name"] not in judged:
            rows.setdefault("*" if line.startswith("*") else heading, []).append(line)
    return rows
