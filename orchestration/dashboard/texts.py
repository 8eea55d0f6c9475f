"""Texts of the pages: ``{name|kind}`` in them is a number of the run, and so a fact.

Numbers that follow from a setting are never typed into a text, because they would lie as soon as
the setting is another. What is not here: the texts, which the pages declare.
"""

import re

from markupsafe import Markup, escape

from orchestration.dashboard.declared import DeclarationError
from orchestration.reporting import words
from orchestration.reporting.page import Page

PLACE = re.compile(r"\{(?P<name>[a-z0-9_.]+)\|(?P<kind>[a-z_]+)\}")
CODE = re.compile(r"`([^`]+)`")


def written(text: str, page: Page) -> Markup:
    """Return a text with its numbers.

    Raises:
        DeclarationError: it names a number that the run does not know.
    """
    made, end = Markup(""), 0
    for place in PLACE.finditer(text):
        made += escape(text[end : place.start()]) + _number(place["name"], place["kind"], page)
        end = place.end()
    return Markup(CODE.sub(r"<code>\1</code>", made + escape(text[end:])))


def _number(name: str, kind: str, page: Page) -> Markup:
    if name == "fewest":
        return escape(words.FEWEST)
    fact, _, column = name.partition(".")
    if page.row("rpt_run_stats", total=fact):
        return page.show_total(fact, kind)
    if page.row("rpt_headline_kpis", fact=fact):
        return page.show_fact(fact, kind, column or "fact_value")
    raise DeclarationError(
        f"A text speaks of {{{name}|{kind}}}, which is neither in rpt_run_stats nor in "
        "rpt_headline_kpis. Add it to one of them, or take it out of the text."
    )
