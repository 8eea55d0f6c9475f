"""What stands in a cell: one value by its kind, and the smaller lines below.

Numbers are facts, as in the report: each carries its table, row, column and full value. What is
not here: which columns there are, which the pages declare.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from orchestration.dashboard.declared import Column, Part
from orchestration.reporting import words
from orchestration.reporting.facts import FactBook, Row
from orchestration.reporting.formats import KINDS, change_kind_of, kind_of
from orchestration.reporting.places import file_of

TEXTS = ("text", "plain_text", "name", "band", "account", "list", "trend", "reading",
         "source_state", "outcome", "confidence")  # fmt: skip
MONEY = ("money", "money_change", "by_unit", "change_by_unit")
SMALL = Markup('<span class="small">{}</span>')
NAME = Markup('<span class="name">{}</span>')
JOINED = Markup(" · ")
LINK = Markup('<a href="{}">{}</a>')
TOO_FEW = "too few to tell"


class Cells:
    """Writes the cells of one page.

    Attributes:
        book: writes numbers and remembers them.
        linked: accounts that have a page of their own.
        root: the way from the page to the folder of the dashboard.
    """

    def __init__(self, book: FactBook, linked: frozenset[str], root: str = "") -> None:
        self.book, self.linked, self.root = book, linked, root

    def cell(self, row: Row, column: Column) -> Markup:
        """Return what stands in a cell."""
        if column.fewest and (row[column.fewest] or 0) < words.FEWEST:
            return escape(TOO_FEW)
        lines = [self.part(row, column)]
        value = row[column.column]
        if column.low and value is not None and row[column.low] is not None:
            ends = (self._number(row, end, column, "open") for end in (column.low, column.high))
            lines.append(SMALL.format(Markup("{} to {}").format(*ends)))
        notes = [note for note in (self.part(row, note) for note in column.notes) if note]
        if column.joined and notes:
            notes = [JOINED.join(notes)]
        return Markup("").join([*lines, *(SMALL.format(note) for note in notes)])

    def part(self, row: Row, part: Part) -> Markup:
        """Return one value with the words around it; nothing where it is left out."""
        value = row[part.column]
        # A zero is known, though Python takes it for the same as False.
        is_missing = value is None or value is False or value == ""
        is_whole = part.hidden == "whole" and value == row[part.of]
        if is_whole or (part.hidden and is_missing) or (part.hidden == "zero" and not value):
            return Markup("")
        if part.kind in TEXTS:
            shown = self._text(row, part, value)
        else:
            shown = self._number(row, part.column, part, self._missing(row, part))
        if part.of:
            shown = Markup("{} of {}").format(shown, self._number(row, part.of, part, words.NONE))
        return Markup("{}{}{}").format(part.before, shown, part.after)

    def _number(self, row: Row, column: str, part: Part, missing: str) -> Markup:
        kind = part.kind
        if kind == "by_unit":
            kind = kind_of(row[part.unit])
        elif kind == "change_by_unit":
            kind = change_kind_of(row[part.unit])
        return self.book.show(row, column, kind, missing)

    def _missing(self, row: Row, part: Part) -> str:
        if part.status:
            return words.status(row[part.status] or "not_known")
        return part.missing or "not known"

    def _text(self, row: Row, part: Part, value: Any) -> Markup:
        if part.kind == "account":
            return self._account(row, value)
        if part.kind == "band":
            return words.band(value, row.cells.get(part.status or "score_status"))
        if part.kind == "trend":
            return words.trend(value)
        if part.kind == "reading":
            return escape(words.reading(row))
        if part.kind == "source_state":
            return words.source_status(value)
        if part.kind == "outcome":
            return words.outcome(value, row["severity"])
        # The name of a table or column is what somebody has to look for, so it stays as it is.
        if value is None or value == "" or (part.kind == "name" and value == "all"):
            return escape(part.missing)
        if part.words is not None:
            return escape(_words(part.words).get(value, str(value).replace("_", " ")))
        text = str(value)
        if part.kind == "list":
            text = text.replace("|", ", ")
        elif part.kind == "plain_text":
            text = words.plain(text)
        return self.book.show_text(row, part.column, text)

    def _account(self, row: Row, account_id: str) -> Markup:
        name = row.cells.get("account_name") or row.cells.get("entity_name") or account_id
        if account_id not in self.linked:
            return NAME.format(name)
        return NAME.format(LINK.format(f"{self.root}{link_of(account_id)}", name))


def link_of(account_id: str) -> str:
    """Return the link from a page of the dashboard to the page of an account."""
    return f"accounts/{quote(file_of(account_id))}"


def is_number(column: Column) -> bool:
    """Tell whether a column stands to the right."""
    return column.kind not in TEXTS and column.kind != "date"


def known_kinds() -> frozenset[str]:
    """Return every kind that a page may declare."""
    return frozenset(KINDS) | set(MONEY) | set(TEXTS)


def _words(named: str | Mapping[Any, str]) -> Mapping[Any, str]:
    found = getattr(words, named) if isinstance(named, str) else named
    return {code: word[0] if isinstance(word, tuple) else word for code, word in found.items()}
