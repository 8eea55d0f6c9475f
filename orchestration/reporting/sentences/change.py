"""Why the score of a customer is another one than it was.

Which reasons are named is decided by the tables; here they only become words.
"""

from markupsafe import Markup

from orchestration.reporting.facts import FactBook, Row
from orchestration.reporting.formats import day, kind_of
from orchestration.reporting.sentences.attention import listed
from orchestration.reporting.sentences.statement import NOTHING
from orchestration.reporting.words.changes import behaviour, other_causes

# A sentence with more reasons than this is read by nobody; the table below it has all of them.
NAMED = 4
ALMOST_NOTHING = 0.05
OTHER_CAUSES = {
    "availability": " What is measured now, or no longer: {}.",
    "model": " Another model scores them now: {}.",
    "override": " Rules that hold a score down: {}.",
}


def account_change(book: FactBook, rows: list[Row]) -> Markup:
    """Say how a score moved over one horizon, and why."""
    whole = next(row for row in rows if row["cause"] == "all")
    ends = (day(whole["compared_date"]), book.show(whole, "score_then", "points"))
    if abs(whole["change"]) < ALMOST_NOTHING:
        return Markup("The score is as it was on {}: {}.").format(*ends)
    moved = Markup("<strong>{} points {}</strong> than on {}: {}, now {}.").format(
        book.show(whole, "change", "points_size"),
        "higher" if whole["change"] > 0 else "lower",
        *ends,
        book.show(whole, "score_now", "points"),
    )
    named = [row for row in behaviour(rows) if row["is_named"]]
    reasons = [_reason(book, row) for row in named[:NAMED]]
    if len(named) > NAMED:
        reasons.append(Markup("smaller ones below"))
    told = (
        Markup(" Of use, words and payments: {}.").format(listed(reasons)) if reasons else NOTHING
    )
    others = [row for row in other_causes(rows) if row["is_named"]]
    rest = Markup("").join(_other(book, row) for row in others)
    # Where something else did most of it, that is said first.
    largest = max((abs(row["effect"]) for row in named), default=0)
    is_rest_first = any(abs(row["cause_effect"]) > largest for row in others)
    return moved + (rest + told if is_rest_first else told + rest)


def _reason(book: FactBook, row: Row) -> Markup:
    kind = kind_of(row["unit"])
    return Markup("{}, from {} to {} ({})").format(
        row["label"],
        book.show(row, "value_then", kind, "not measured"),
        book.show(row, "value_now", kind, "not measured"),
        book.show(row, "effect", "points_change"),
    )


def _other(book: FactBook, row: Row) -> Markup:
    return Markup(OTHER_CAUSES[row["cause"]]).format(
        book.show(row, "cause_effect", "points_change")
    )
