"""Lays a declared table out: lines and cells, in groups, or with the codes of a column across.

What is not here: what stands in a cell, which is ``cells``, and the markup around it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from orchestration.dashboard.cells import TEXTS, Cells
from orchestration.dashboard.declared import Column, DeclarationError, Listing
from orchestration.reporting import words
from orchestration.reporting.facts import Row, full_value

NOTHING = Markup(words.NONE)

FACT = Markup(' data-fact="#{column}" data-kind="{kind}" data-order="{value}"')
ORDER = Markup(' data-order="{}"')
SEARCH = Markup(' data-search="{}"')


@dataclass(frozen=True)
class Cell:
    """A cell, and what an explored table is sorted, filtered and asked by.

    Attributes:
        shown: its markup.
        order: of a cell that begins with a number or a date, its full value.
        search: the text by which it is found, where that is not what is shown.
        column: of a cell that is one number and thereby its fact, the column of the number.
        kind: of the number.
    """

    shown: Markup
    order: str | None = None
    search: str | None = None
    column: str = ""
    kind: str = ""

    @property
    def marks(self) -> Markup:
        """Return the attributes of its markup."""
        if self.column:
            return FACT.format(column=self.column, kind=self.kind, value=self.order)
        order = Markup("") if self.order is None else ORDER.format(self.order)
        return order if self.search is None else order + SEARCH.format(self.search)


@dataclass(frozen=True)
class Line:
    """A line of a table."""

    cells: list[Cell]
    is_total: bool = False
    row: Row | None = None


@dataclass(frozen=True)
class LaidOut:
    """A table ready to be written: lines by group, whose title is empty where there is none."""

    listing: Listing
    groups: list[tuple[str, list[Line]]]
    count: int


def laid_out(listing: Listing, rows: list[Row], cells: Cells) -> LaidOut:
    """Lay out the rows of a table.

    Raises:
        DeclarationError: a column is declared that the table does not have.
    """
    if rows and (strange := sorted(_named(listing) - set(rows[0].cells))):
        raise DeclarationError(
            f"{listing.label}: {listing.source.table} has no {', '.join(strange)}. "
            f"It has {', '.join(rows[0].cells)}."
        )
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(str(row[listing.group]) if listing.group else "", []).append(row)
    order = list(grouped)
    if listing.group_words:
        named = list(getattr(words, listing.group_words))
        order.sort(key=lambda code: named.index(code) if code in named else len(named))
    groups = [
        (_title(listing, code), list(_lines(listing, grouped[code], cells))) for code in order
    ]
    return LaidOut(listing, groups, len(rows))


def _named(listing: Listing) -> set[str]:
    parts = [part for column in listing.columns for part in (column, *column.notes)]
    ends = [end for column in listing.columns for end in (column.low, column.high, column.fewest)]
    named = {name for part in parts for name in (part.column, part.unit, part.of)}
    return (named | {*ends, listing.group, listing.across, listing.down}) - {""}


def _title(listing: Listing, code: str) -> str:
    if code in ("", "all"):
        return ""
    if not listing.group_words:
        return words.plain(code)
    word = getattr(words, listing.group_words).get(code, words.plain(code))
    return word[0] if isinstance(word, tuple) else word


def _lines(listing: Listing, rows: list[Row], cells: Cells) -> Iterator[Line]:
    if not listing.across:
        for row in rows:
            made = [_cell(listing, row, column, cells) for column in listing.columns]
            yield Line(made, _is_total(listing, row), row)
        return
    by_line: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_line.setdefault(str(row[listing.down]), {})[str(row[listing.across])] = row
    for found in by_line.values():
        first = next(iter(found.values()))
        places = [
            first if column.when is None else found.get(str(column.when))
            for column in listing.columns
        ]
        made = [
            _cell(listing, row, column, cells) if row else Cell("" if column.hidden else NOTHING)
            for row, column in zip(places, listing.columns, strict=True)
        ]
        yield Line(made, _is_total(listing, first), first)


def _cell(listing: Listing, row: Row, column: Column, cells: Cells) -> Cell:
    shown = cells.cell(row, column)
    if not listing.explored:
        return Cell(shown)
    # Thousands of rows: a line says its place once, and a cell with one number is its fact itself.
    order = None if column.kind in TEXTS else full_value(row[column.column]) or ""
    if order is not None and not column.notes:
        text = Markup.escape(shown.striptags())
        return Cell(text, order=order, column=column.column, kind=column.kind)
    own = Markup(str(shown).replace(f'data-fact="{escape(row.place)}#', 'data-fact="#'))
    text = str(cells.part(row, column).striptags()) if column.facet else ""
    is_told = text and (column.notes or own.striptags() != str(own))
    return Cell(own, order=order, search=text if is_told else None)


def _is_total(listing: Listing, row: Row) -> bool:
    return bool(listing.total) and all(row[name] == code for name, code in listing.total.items())
