"""The end of a run on one screen: the first facts of the report, as the publication has them.

What is not here: the facts themselves, which ``rpt_headline_kpis`` computes.
"""

from collections.abc import Iterator

from orchestration.publication.opening import opened_publication
from orchestration.publication.places import DATABASE, current_of, listing_in
from orchestration.settings.parts import PublicationSettings

LINES = 10
FACTS = f"""
select fact, unit, fact_value, earlier_value
from reports.rpt_headline_kpis
order by fact_order, fact
limit {LINES}
"""


def summary(settings: PublicationSettings) -> Iterator[str]:
    """Return the first facts, now and before, one line each; nothing where there are none."""
    folder = current_of(settings.published)
    listing = listing_in(folder)
    if not listing or "reports.rpt_headline_kpis" not in listing["tables"]:
        return
    yield f"On {listing['as_of']} (before: 28 days earlier)"
    with opened_publication(published=folder / DATABASE) as connection:
        facts = connection.execute(FACTS).fetchall()
    for fact, unit, value, earlier in facts:
        before = "" if earlier is None else f"   before {in_words(earlier, unit)}"
        yield f"  {fact.replace('_', ' '):<32} {in_words(value, unit):>18}{before}"


def in_words(value: float | None, unit: str) -> str:
    """Write a number with its unit; a missing one is not known, which is not zero."""
    if value is None:
        return "not known"
    if unit == "share":
        return f"{value:.1%}"
    decimals = 0 if float(value).is_integer() or abs(value) >= 1000 else 1
    return f"{value:,.{decimals}f} {unit}"
