"""How healthy the customers are, against the month before, and where points are lost."""

from markupsafe import Markup

from orchestration.reporting.formats import day
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.statement import NO_MONTH_BEFORE, Statement


def health(page: Page) -> Statement:
    """Say how healthy the customers are, by revenue where it is known."""
    name, measure = "health_score_by_mrr", "Revenue-weighted health"
    if page.fact(name) is None:
        name = "mean_health_score"
        measure = "Revenue is not known, so every customer counts alike: mean health"
    if page.fact(name) is None:
        return unscored(page)
    what = Markup("<strong>{} is {} of 100</strong>{}").format(
        measure, page.show_fact(name, "points"), score_change(page, name)
    )
    return Statement(what, main_loss(page), "losses", "Where the points are lost")


def unscored(page: Page) -> Statement:
    """Say why there is no score at all."""
    what = Markup(
        "<strong>No customer has a score yet</strong>: of {}, {} are too new, {} rest on too"
        " little evidence and of {} nothing is measured."
    ).format(
        page.show_fact("customer_count"),
        page.show_total("accounts_too_new"),
        page.show_total("accounts_low_confidence"),
        page.show_total("accounts_not_measured"),
    )
    return Statement(what, Markup("Scores begin when history does."), "sources", "Sources")


def score_change(page: Page, name: str) -> Markup:
    """Say how a score of today's customers moved in 28 days."""
    change = page.fact(name, "change")
    if change is None:
        return Markup(". {}").format(NO_MONTH_BEFORE)
    earlier = page.show_fact(name, "points", "earlier_value")
    if round(change, 1) == 0:
        return Markup(", as it was on {} for the same customers ({}).").format(
            day(page.earlier_date), earlier
        )
    return Markup(", {} {} than on {} for the same customers ({}).").format(
        Markup("{} points").format(page.show_fact(name, "points_size", "change")),
        "higher" if change > 0 else "lower",
        day(page.earlier_date),
        earlier,
    )


def main_loss(page: Page) -> Markup:
    """Name the component in which most points are lost."""
    losses = page.tables["rpt_component_losses"]
    everything = page.row("rpt_pillar_losses", pillar="all")
    if not losses or not losses[0]["mean_points_lost"] or everything is None:
        return Markup("No points are lost.")
    return Markup("Most points are lost in <em>{}</em>: {} of {} on average.").format(
        losses[0]["label"],
        page.book.show(losses[0], "mean_points_lost", "points"),
        page.book.show(everything, "mean_points_lost", "points"),
    )
