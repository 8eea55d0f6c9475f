"""How healthy the customers are, against the month before, and where points are lost."""

from markupsafe import Markup

from orchestration.reporting.formats import day
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.attention import listed
from orchestration.reporting.sentences.statement import NO_MONTH_BEFORE
from orchestration.reporting.words.changes import DOINGS

# Below this a change is shown as 0.0.
ALMOST_NOTHING = 0.05
# The fact that holds the change of each score for those who had one at both ends.
CHANGES = {"health_score_by_mrr": "change_by_mrr", "mean_health_score": "mean_change"}


def health(page: Page) -> Markup:
    """Say how healthy the customers are, by revenue where it is known."""
    name, measure = "health_score_by_mrr", "Revenue-weighted health"
    if page.fact(name) is None:
        name = "mean_health_score"
        measure = "Revenue is not known, so every customer counts alike: mean health"
    if page.fact(name) is None:
        return unscored(page)
    return Markup("<strong>{} is {} of 100</strong>{}").format(
        measure, page.show_fact(name, "points"), score_change(page, name)
    )


def most_points_lost(page: Page) -> Markup:
    """Say where most points are lost, and whether the scores are provisional."""
    if page.fact("mean_health_score") is None:
        return Markup("Scores begin when history does.")
    return main_loss(page) + provisional(page)


def provisional(page: Page) -> Markup:
    """Say of which days the scores are provisional, and until when; nothing where none are."""
    found = page.tables["rpt_reference_quarter"]
    if not found:
        return Markup("")
    quarter = found[0]
    if not quarter["is_first"]:
        since, scored = quarter["first_valid_from"], quarter["first_scored_date"]
        if scored is None or since <= scored:
            return Markup("")
        return Markup(
            " Scores before {} are provisional: what is usual among your customers was not known."
        ).format(day(since))
    if quarter["first_date"] is not None:
        return Markup(
            " Scores are provisional: what is usual among your customers is drawn from {} to {} and"
            " holds from the next run on."
        ).format(day(quarter["first_date"]), day(quarter["last_date"]))
    return Markup(
        " Scores are provisional: what is usual among your customers is known once {} of them have"
        " had a score on {} days in a row; the most so far is {} days."
    ).format(
        *(
            page.book.show(quarter, column)
            for column in ("needed_account_count", "needed_day_count", "longest_day_count")
        )
    )


def unscored(page: Page) -> Markup:
    """Say why there is no score at all."""
    return Markup(
        "<strong>No customer has a score yet</strong>: of {}, {} are too new, {} rest on too"
        " little evidence and of {} nothing is measured."
    ).format(
        page.show_fact("customer_count"),
        page.show_total("accounts_too_new"),
        page.show_total("accounts_low_confidence"),
        page.show_total("accounts_not_measured"),
    )


def score_change(page: Page, name: str) -> Markup:
    """Say how the score of those who had one 28 days before moved, and by whose doing."""
    whole = CHANGES[name]
    change = page.fact(whole)
    if change is None:
        return Markup(". {}").format(NO_MONTH_BEFORE)
    moved = Markup("as it was on {}").format(day(page.earlier_date))
    if abs(change) >= ALMOST_NOTHING:
        moved = Markup("{} points {} than on {}").format(
            page.show_fact(whole, "points_size"),
            "higher" if change > 0 else "lower",
            day(page.earlier_date),
        )
    parts = {code: whole.replace("change", f"{code}_change") for code in DOINGS}
    told = [
        Markup("{} ({})").format(DOINGS[code], page.show_fact(part, "points_change"))
        for code, part in parts.items()
        if code == "customer" or abs(page.fact(part)) >= ALMOST_NOTHING
    ]
    said = Markup(". For the same customers it is {}: {}.").format(moved, listed(told))
    done = page.fact(parts["customer"])
    if abs(change) >= ALMOST_NOTHING and (change - done) * change > abs(done) * abs(change):
        is_model = abs(page.fact(parts["model"])) >= abs(page.fact(parts["availability"]))
        said += Markup(" The {} is one of {}, more than of the customers.").format(
            "rise" if change > 0 else "fall", "the scale" if is_model else "what is measured"
        )
    return said


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
