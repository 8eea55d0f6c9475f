"""Facts: every number of the page with the table, the row and the column that it comes from.

The page carries its place and its full value as data attributes and ``facts.json`` lists them, so
a program can ask the warehouse again. What is not here: how a value is written, which is
``formats``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote_plus

from markupsafe import Markup, escape

from orchestration.reporting.formats import write

NOT_KNOWN = "not known"
# A number that stands by itself; one that is part of a name, such as csm_4, says nothing.
# Marks that turn the direction of what follows: a name with one would turn the rest of a sentence.
TURNING = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
TURNS = re.compile(f"[{''.join(map(chr, TURNING))}]")
FREE_NUMBER = re.compile(r"(?<![\w/.-])\d[\d,.]*%?(?![\w/-])")

# What the page reads besides reports.
SCHEMAS = {"fct": "marts", "dim": "marts", "expectation": "quality"}


def with_schema(table: str) -> str:
    """Return a table with the schema that its name begins with, as ``reports.rpt_accounts``."""
    return f"{SCHEMAS.get(table.split('_')[0], 'reports')}.{table}"


def place_of(table: str, key: Mapping[str, str]) -> str:
    """Return a table with the key of a row, as ``rpt_headline_kpis?fact=mrr``."""
    return f"{table}?{'&'.join(f'{_quoted(name)}={_quoted(text)}' for name, text in key.items())}"


# The same few columns and words stand in the keys of very many rows.
_quoted = lru_cache(maxsize=10_000)(quote_plus)


@dataclass(frozen=True)
class Row:
    """One row of a report table.

    Attributes:
        table: the table without its schema.
        key: the columns that identify the row, as text.
        cells: every column with its value.
    """

    table: str
    key: dict[str, str]
    cells: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.cells[column]

    @cached_property
    def place(self) -> str:
        """Return table and key, as ``rpt_headline_kpis?fact=mrr``."""
        return place_of(self.table, self.key)

    @cached_property
    def place_in_page(self) -> Markup:
        """Return its place as part of an attribute; a row has many numbers."""
        return escape(self.place)


@dataclass(frozen=True)
class Fact:
    """One number on the page: where it comes from, its full value and its text."""

    table: str
    column: str
    key: dict[str, str]
    kind: str
    value: str | None
    text: str

    @cached_property
    def name(self) -> str:
        """Return the place: table, key and column, as ``rpt_headline_kpis?fact=mrr#fact_value``."""
        return f"{place_of(self.table, self.key)}#{self.column}"


@dataclass
class FactBook:
    """Writes numbers into the page and remembers each of them.

    Attributes:
        currency: stands before money.
        facts: in the order of the page.
    """

    currency: str = ""
    facts: list[Fact] = field(default_factory=list)

    def show(self, row: Row, column: str, kind: str = "count", missing: str = NOT_KNOWN) -> Markup:
        """Return the number as marked text; NULL becomes words, never zero."""
        value = row[column]
        text = missing if value is None else write(value, kind, self.currency)
        fact = Fact(row.table, column, row.key, kind, full_value(value), text)
        self.facts.append(fact)
        # A page of each customer writes very many: Markup.format would take most of the time.
        return Markup(
            f"<span{MISSING if value is None else ''}"
            f' data-fact="{row.place_in_page}#{column}" data-kind="{kind}"'
            f' data-value="{escape(fact.value or "")}">{escape(text)}</span>'
        )

    def show_text(self, row: Row, column: str, text: str | None = None) -> Markup:
        """Return a text of the table; one that says a number is a fact like a number.

        Args:
            row: of the table.
            column: that holds the text.
            text: as it is shown; None for as it stands.
        """
        value = row[column]
        shown = escape(str(value) if text is None else text)
        if not isinstance(value, str) or not FREE_NUMBER.search(value):
            return shown
        self.facts.append(Fact(row.table, column, row.key, "text", value, str(text or value)))
        return Markup(
            f'<span data-fact="{row.place_in_page}#{column}" data-kind="text"'
            f' data-value="{_in_full(value)}">{shown}</span>'
        )


def straight(value: Any) -> Any:
    """Return what a template writes without marks that turn the direction of reading."""
    # To look for them first takes a tenth of the time, and hardly any text has one.
    if isinstance(value, str) and not value.isascii() and TURNS.search(value):
        return value.translate(TURNING)
    return value


def _in_full(text: str) -> str:
    """Write a text as the value of an attribute, its marks of direction as numbers."""
    return TURNS.sub(lambda mark: f"&#{ord(mark[0])};", escape(text))


MISSING = ' class="missing"'


def full_value(value: Any) -> str | None:
    """Write a value so that reading it again gives the same value."""
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | int) else repr(float(value))
