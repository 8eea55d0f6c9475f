"""What the page must know of a table that it shows.

What is not here: which tables those are, which ``tables`` says.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One table of the page: what identifies its rows, their order, and which are shown.

    Attributes:
        key: the columns that identify a row.
        order: of the rows, complete.
        limit: how many rows are shown.
        choice: the clauses that say which rows are shown.
        stored_as: the table that holds them, where the page has another name for a part of one.
        within: the condition on the rows out of which they are chosen.
    """

    key: tuple[str, ...]
    order: str
    limit: int | None = None
    choice: str = ""
    stored_as: str = ""
    within: str = ""
