"""What the rules of the report say: texts of the seed ``report_rules``, in the order of the table.

Which rule holds, and which of those that hold are told, ``rpt_report_findings`` decides. A text is
words with ``{name|kind}`` for numbers, and ``[phrase]`` for a clause whose words follow from
several numbers at once. What is not here: those clauses, one module for each theme.
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from orchestration.reporting.facts import Row
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.attention import attention, begin_with
from orchestration.reporting.sentences.health import health, most_points_lost
from orchestration.reporting.sentences.movement import movement, who_left
from orchestration.reporting.sentences.renewals import next_renewal, renewals
from orchestration.reporting.sentences.statement import NOTHING, Statement
from orchestration.reporting.sentences.unusual import unusual
from orchestration.reporting.texts import TextError, written

PHRASES: dict[str, Callable[[Page], Markup]] = {
    "health": health,
    "most_points_lost": most_points_lost,
    "attention": attention,
    "begin_with": begin_with,
    "movement": movement,
    "who_left": who_left,
    "renewals": renewals,
    "next_renewal": next_renewal,
    "unusual": unusual,
}
PHRASE = re.compile(r"(\[[a-z_]+\])")
RULES = "definitions.html#rules"


def ruled(page: Page) -> list[Statement]:
    """Return a statement for each finding that is told; a rule that cannot be said is named."""
    made = [_statement(page, row) for row in page.tables["rpt_report_findings"]]
    return [one for one in made if one.what]


def _statement(page: Page, row: Row) -> Statement:
    try:
        what, so_what = (_said(row[part] or "", page, row) for part in ("what", "so_what"))
    except TextError as error:
        what = escape(f"The rule {row['rule']} of report_rules cannot be said. {error}")
        return Statement(what, NOTHING, RULES, "The rules")
    return Statement(what, so_what, row["page"] or RULES, row["link"] or "More")


def _said(text: str, page: Page, row: Row) -> Markup:
    parts = []
    for part in PHRASE.split(text):
        if not PHRASE.fullmatch(part):
            parts.append(written(part, page, row))
        elif part[1:-1] in PHRASES:
            parts.append(PHRASES[part[1:-1]](page))
        else:
            raise TextError(f"{part} is no phrase. Phrases are {', '.join(sorted(PHRASES))}.")
    return Markup("").join(parts)
