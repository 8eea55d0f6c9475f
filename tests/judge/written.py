"""Puts what the judge found between two marks of a page, and touches nothing else of it.

What stands there of sets that were not judged now stays, as a set takes up to an hour to build.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from pathlib import Path

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
    judged = {found["name"] for line in new if (found := SECTION.match(line))}
    kept = [lines for name, lines in _sections(old) if name not in judged]
    head = list(takewhile(lambda line: not SECTION.match(line), new))
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
    for section in [*kept, *(lines for _, lines in _sections(new))]:
        joined += ["", *section]
    return joined


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
