"""Texts that are data: ``{name|kind}`` in them is a number of the run, and so a fact.

Numbers that follow from a setting are never typed into a text, because they would lie as soon as
the setting is another. What is not here: the texts, which pages and the seed ``report_rules`` hold.
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from orchestration.reporting import words
from orchestration.reporting.facts import Row
from orchestration.reporting.formats import KINDS, change_kind_of, kind_of
from orchestration.reporting.page import Page

PLACE = re.compile(r"\{(?P<name>[a-z0-9_.]+)(?:\|(?P<kind>[a-z_]+))?\}")
CODE = re.compile(r"`([^`]+)`")
STRONG = re.compile(r"\*\*([^*]+)\*\*")
BY_UNIT: dict[str, Callable[[str | None], str]] = {
    "by_unit": kind_of,
    "change_by_unit": change_kind_of,
}
WRITABLE = {*KINDS, *BY_UNIT, "money", "money_change"}


class TextError(ValueError):
    """A text speaks of what nobody knows. The message names it and what to do."""


def written(text: str, page: Page, row: Row | None = None) -> Markup:
    """Return a text with its numbers; ``**words**`` are strong, and words in backquotes are code.

    Args:
        text: with ``{name|kind}`` for numbers, or ``{name}`` for a text of the row.
        page: knows the numbers of the run.
        row: whose columns are asked first.

    Raises:
        TextError: it names a number that the run does not know, or a kind of number that is none.
    """
    made, end = Markup(""), 0
    for place in PLACE.finditer(text):
        made += escape(text[end : place.start()]) + _named(place["name"], place["kind"], page, row)
        end = place.end()
    # As a plain string: marks that are put into marked text would be escaped.
    marked = STRONG.sub(r"<strong>\1</strong>", str(made + escape(text[end:])))
    return Markup(CODE.sub(r"<code>\1</code>", marked))


def _named(name: str, kind: str | None, page: Page, row: Row | None) -> Markup:
    if name == "fewest":
        return escape(words.FEWEST)
    if kind is not None and kind not in WRITABLE:
        raise TextError(
            f"A text writes {{{name}|{kind}}}. Kinds are {', '.join(sorted(WRITABLE))}."
        )
    if row is not None and name in row.cells:
        if kind is None:
            return escape(row[name])
        return page.book.show(row, name, BY_UNIT[kind](row["unit"]) if kind in BY_UNIT else kind)
    fact, _, column = name.partition(".")
    if kind and page.row("rpt_run_stats", total=fact):
        return page.show_total(fact, kind)
    if kind and page.row("rpt_headline_kpis", fact=fact):
        return page.show_fact(fact, kind, column or "fact_value")
    raise TextError(
        f"A text speaks of {{{name}|{kind}}}, which is neither in rpt_run_stats nor in "
        "rpt_headline_kpis. Add it to one of them, or take it out of the text."
    )
