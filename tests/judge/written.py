"""Puts what the judge found between two marks of a page, and touches nothing else of it."""

from pathlib import Path

BEGIN = "<!-- judged: begin, written by make judge -->"
END = "<!-- judged: end -->"


class MarksMissing(ValueError):
    """The page has no place for the tables. The text names the page and what it must contain."""


def write(page: Path, lines: list[str]) -> None:
    """Replace what stands between the marks of the page.

    Raises:
        MarksMissing: the page is not there, or has not each mark once, in their order.

    """
    text = page.read_text() if page.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in after:
        raise MarksMissing(
            f"{page}: expected one line {BEGIN!r} and after it one line {END!r}; "
            "write both where the tables shall stand."
        )
    page.write_text("\n".join([f"{before}{BEGIN}", "", *lines, "", f"{END}{after}"]))
