"""What is said of references: old and new side by side, and who would be in another band.

What is not here: the drawing of them, and where they are written.
"""

from collections.abc import Iterator, Sequence

from orchestration.freezing.proposal import PERCENTILES, Proposal, Row
from orchestration.publication.summary import in_words

HEADING = "10 / 25 / 50 / 75 / 90 %, usual rate"
NOT_MATURED = (
    "No references yet: they are drawn from {days} days in a row on each of which {accounts} "
    "customers have a score. So far there are {longest} such days in a row, and at most {most} "
    "customers on one day. Scores are provisional until then."
)
NOT_THE_NEWEST = (
    "No new references: they are drawn from the last {days} days if {accounts} customers have a "
    "score on each of them, and that is not so. Those since {since} go on."
)


def why_not(quarter: Row) -> str:
    """Say why no references can be drawn, and how far the company has come."""
    text = NOT_MATURED if quarter["is_first"] else NOT_THE_NEWEST
    return text.format(
        days=quarter["needed_day_count"],
        accounts=quarter["needed_account_count"],
        longest=quarter["longest_day_count"],
        most=quarter["most_account_count"],
        since=quarter["valid_from"],
    )


def side_by_side(proposal: Proposal) -> Iterator[str]:
    """Say what was drawn, beside what holds now."""
    yield (
        f"Drawn from {proposal.drawn_from}, one look a week; they hold from {proposal.valid_from}."
    )
    yield f"  {'component':<24} {'segment':<12} {'accounts':>8}  {HEADING}"
    for row in proposal.references:
        before = proposal.in_force.get((row["component"], row["segment"]))
        yield (
            f"  {row['component']:<24} {row['segment']:<12} {row['account_count']:>8}  "
            f"{_figures(row)}"
        )
        if before:
            yield f"  {'':<24} {'until then':<12} {'':>8}  {_figures(before)}"
    for component, count in sorted(proposal.too_few.items()):
        yield (
            f"  {component:<24} {'too few':<12} {count:>8}  of "
            f"{proposal.quarter['needed_account_count']} accounts needed: it goes on as it was"
        )


def shadow_list(scored: Sequence[Row]) -> Iterator[str]:
    """Say who of the customers would be in another band, in their order."""
    moved = [row for row in scored if row["band"] != row["new_band"]]
    yield (
        f"{len(moved)} of {len(scored)} customers would be in another band today, by the plain cut "
        "on both sides" + (":" if moved else ".")
    )
    for row in moved:
        scores = f"{row['health_score']:5.1f} -> {row['new_health_score']:5.1f}"
        bands = f"{_band(row['band'])} -> {_band(row['new_band'])}"
        name = row["account_name"] or row["account_id"]
        revenue, owner = in_words(row["mrr"], "a month"), row["csm_id"] or "nobody"
        yield f"  {row['account_id']:<14} {name:<28.28} {scores}   {bands:<20} {revenue}, {owner}"


def _figures(row: Row) -> str:
    figures = " / ".join("-" if row[name] is None else f"{row[name]:g}" for name in PERCENTILES)
    return figures if row["prior_value"] is None else f"{figures}, {row['prior_value']:g}"


def _band(code: str | None) -> str:
    return (code or "no band").replace("_", " ")
