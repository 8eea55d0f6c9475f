"""What is unusual in the numbers of the whole company, since when, and where."""

from collections import defaultdict
from datetime import date

from markupsafe import Markup

from orchestration.reporting.facts import Row
from orchestration.reporting.formats import kind_of
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.attention import listed
from orchestration.reporting.sentences.statement import NOTHING
from orchestration.reporting.words.general import dimension

# A sentence that names more is read by nobody; the table has all of them.
DAYS_NAMED = 2
METRICS_NAMED = 2


def unusual(page: Page) -> Markup:
    """Name what is unusual, grouped by the day on which it began; nothing where nothing is."""
    groups: dict[date, list[Row]] = defaultdict(list)
    for row in page.tables["rpt_metric_comparison"]:
        if row["is_unusual"] and row["unusual_group_since"]:
            groups[row["unusual_group_since"]].append(row)
    if not groups:
        return NOTHING
    # What is furthest from the usual comes first, among the days and among what began on one.
    for rows in groups.values():
        rows.sort(key=lambda row: (-abs(row["robust_z"]), row["label"]))
    ordered = sorted(
        groups.values(), key=lambda rows: (-abs(rows[0]["robust_z"]), rows[0]["label"])
    )
    told = Markup("; ").join(_group(page, rows) for rows in ordered[:DAYS_NAMED])
    rest = sum(len(rows) for rows in ordered[DAYS_NAMED:])
    return Markup("<strong>Unusual</strong>, {}{}.").format(
        told, Markup(", and more that began on other days") if rest else NOTHING
    )


def _group(page: Page, rows: list[Row]) -> Markup:
    named = [
        Markup("{} ({}, usually {})").format(
            row["label"],
            page.book.show(row, "metric_value", kind_of(row["unit"])),
            page.book.show(row, "usual_value", kind_of(row["unit"])),
        )
        for row in rows[:METRICS_NAMED]
    ]
    if len(rows) > METRICS_NAMED:
        named.append(Markup("others"))
    return Markup("{}: {}{}").format(
        _begun(page, rows),
        listed(named),
        _place(page, rows[0]),
    )


def _begun(page: Page, rows: list[Row]) -> Markup:
    # What is told together began within days, and not all of it on the first of them.
    first, last = (end(rows, key=lambda row: row["unusual_since"]) for end in (min, max))
    days = [page.book.show(row, "unusual_since", "date") for row in (first, last)]
    if first["unusual_since"] == last["unusual_since"]:
        return Markup("since {}").format(days[0])
    return Markup("begun between {} and {}").format(*days)


def _place(page: Page, row: Row) -> Markup:
    if row["unusual_place"] is None:
        return NOTHING
    kind = row["unusual_place_kind"]
    at = "at" if kind in {"place", "route"} else f"in {dimension(kind).lower()}"
    return Markup(", {} of it {} {}").format(
        page.book.show(row, "unusual_place_share", "share"),
        at,
        page.book.show_text(row, "unusual_place"),
    )
