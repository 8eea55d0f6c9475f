"""What a page is made of: sections, tables, columns, charts, and the error of a wrong declaration.

What is not here: how they are read from ``pages/*.yml``, which ``declaration`` does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


class DeclarationError(ValueError):
    """A page is declared wrongly. The text names the file, the place and what is allowed."""


@dataclass(frozen=True)
class Part:
    """One value of a cell.

    Attributes:
        column: of the table.
        kind: how it is written: a kind of number, or a kind of text of ``cells``.
        before, after: words around it.
        words: the words for its codes, or the name of such words in ``reporting.words``.
        missing: what stands where nothing is known; ``status`` for the words of ``status``.
        status: the column that says why a value is missing.
        unit: the column with its unit, for the kinds ``by_unit`` and ``change_by_unit``.
        of: the column with the whole of which it is a part.
        hidden: ``missing`` leaves it out where it is not known, ``zero`` where it is zero too,
            ``whole`` where it is the whole that ``of`` names.
    """

    column: str
    kind: str = "text"
    before: str = ""
    after: str = ""
    words: str | Mapping[Any, str] | None = None
    missing: str = ""
    status: str = ""
    unit: str = ""
    of: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class Column(Part):
    """A column of a table.

    Attributes:
        label: its heading.
        notes: smaller lines below.
        joined: whether the notes stand in one line.
        low, high: columns with the ends of the interval, a line below.
        fewest: the column with how many it rests on; with too few of them no value is shown.
        when: in a table with ``across``, the code whose row the value comes from.
        facet: whether the table is filtered by it.
        width: a class of the style sheet.
    """

    label: str = ""
    notes: tuple[Part, ...] = ()
    joined: bool = False
    low: str = ""
    high: str = ""
    fewest: str = ""
    when: Any = None
    facet: bool = False
    width: str = ""


@dataclass(frozen=True)
class Source:
    """Rows of a published table.

    Attributes:
        table: its name.
        key: the columns that identify a row.
        order: of the rows, complete.
        where: the clauses that say which rows.
        limit: how many rows at most.
    """

    table: str
    key: tuple[str, ...]
    order: str = ""
    where: str = ""
    limit: int | None = None


@dataclass(frozen=True)
class Listing:
    """A table as it stands on a page.

    Attributes:
        source: its rows.
        columns: its columns, the first of which names the row.
        label: what is read out before it.
        caption: above it.
        group: the column by which its rows are grouped, and ``group_words`` the words for it.
        across: the column whose codes are columns; rows with equal ``key`` of ``down`` are one.
        down: the column that names a row of a table with ``across``.
        total: the column and its value that make a row a total.
        folded: the words that unfold it; empty where it is open.
        explored: whether it is searched, sorted, filtered and paged.
        export: the file that holds every row.
    """

    source: Source
    columns: tuple[Column, ...]
    label: str
    caption: str = ""
    group: str = ""
    group_words: str = ""
    across: str = ""
    down: str = ""
    total: Mapping[str, Any] = field(default_factory=dict)
    folded: str = ""
    explored: bool = False
    export: str = ""
    nothing: str = ""


@dataclass(frozen=True)
class Drawing:
    """A chart: a specification and what is drawn with it.

    Attributes:
        chart: the file of ``charts/``, without its ending.
        title: above it.
        label: the sentence that is read out.
        source: its rows; the key is not asked for.
        fields: for each field of the specification the column or expression it is drawn from.
        words: for a field the words for its codes; plain for codes that are words, short for a
            number over a bar and whether it is a change.
        nothing: what stands where there is nothing to draw.
        note: a line below.
    """

    chart: str
    title: str
    label: str
    source: Source
    fields: Mapping[str, str]
    words: Mapping[str, Any] = field(default_factory=dict)
    nothing: str = "Nothing is known of it yet."
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a page under its own heading.

    Attributes:
        id: its anchor.
        title: its heading.
        text: paragraphs before its charts and tables; ``{name|kind}`` is a number of the run.
        note: a line after them.
        charts, tables: in their order.
        nothing: what stands where none of its tables has a row.
        template: the name of a hand-made template that draws it instead.
        needs: tables that such a template reads.
    """

    id: str
    title: str
    text: tuple[str, ...] = ()
    note: str = ""
    charts: tuple[Drawing, ...] = ()
    tables: tuple[Listing, ...] = ()
    nothing: str = "Nothing is known of it yet."
    template: str = ""
    needs: tuple[str, ...] = ()

    def read(self) -> Iterator[str]:
        """Give the tables that it is made of."""
        yield from self.needs
        yield from (one.source.table for one in (*self.charts, *self.tables))


@dataclass(frozen=True)
class DeclaredPage:
    """A page of the dashboard.

    Attributes:
        name: of its file, without its ending.
        title: in the navigation and above it.
        question: that it answers.
        sections: in their order.
    """

    name: str
    title: str
    question: str
    sections: tuple[Section, ...]
