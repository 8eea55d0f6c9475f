"""Who moved between bands, left and came in 28 days."""

from markupsafe import Markup

from orchestration.reporting.formats import day, noun
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.attention import listed
from orchestration.reporting.sentences.statement import NO_MONTH_BEFORE, NOTHING
from orchestration.reporting.words.changes import DOINGS


def movement(page: Page) -> Markup:
    """Say how many customers moved between bands, left and came."""
    if not page.has_month_before:
        return Markup("<strong>Movement between bands is not known.</strong> {}").format(
            NO_MONTH_BEFORE
        )
    return Markup(
        "<strong>{} {} moved down a band and {} up</strong> by what they did since {}{};"
        " {} left and {} came."
    ).format(
        page.show_fact("moved_down_count"),
        noun(page.fact("moved_down_count"), "customer"),
        page.show_fact("moved_up_count"),
        day(page.earlier_date),
        moved_otherwise(page),
        page.show_fact("left_count"),
        page.show_fact("came_count"),
    )


def moved_otherwise(page: Page) -> Markup:
    """Say how many are in another band without having done anything for it."""
    told = [
        Markup("{} because {}").format(page.show_fact(f"moved_by_{code}_count"), DOINGS[code])
        for code in ("model", "availability")
        if page.fact(f"moved_by_{code}_count")
    ]
    return Markup("; for other reasons moved {}").format(listed(told)) if told else NOTHING


def who_left(page: Page) -> Markup:
    """Say how much revenue went with those who left."""
    balance = page.row("rpt_band_balance", band="all")
    if not page.fact("left_count"):
        return Markup("No customer was lost.")
    if balance is None or balance["left_mrr"] is None:
        return Markup("The revenue of those who left is not known.")
    return Markup("Those who left paid {} a month.").format(
        page.book.show(balance, "left_mrr", "money")
    )
