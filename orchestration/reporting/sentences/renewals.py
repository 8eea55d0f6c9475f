"""Which contracts renew soon without being healthy."""

from markupsafe import Markup

from orchestration.reporting.formats import brief, noun
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.statement import NOTHING


def renewals(page: Page) -> Markup:
    """Say which contracts renew soon without being healthy."""
    count = page.fact("renewals_90d_not_healthy_count")
    soon = page.show_total("renewal_notice_days", "days")
    if count is None:
        return Markup("<strong>Renewals at risk are not known</strong>: no renewal date is known.")
    if not count:
        return Markup(
            "<strong>None of the {} contracts</strong> that renew in the next {} belongs"
            " to a customer on watch or at risk."
        ).format(page.show_total("renewals_90d_count"), soon)
    return Markup(
        "<strong>{} of {} contracts that renew in the next {} {} not healthy</strong>{}."
    ).format(
        page.show_fact("renewals_90d_not_healthy_count"),
        page.show_total("renewals_90d_count"),
        soon,
        noun(count, "is", "are"),
        renewal_revenue(page),
    )


def renewal_revenue(page: Page) -> Markup:
    """Say how much revenue the renewals carry."""
    if page.fact("renewals_90d_not_healthy_mrr") is None:
        return Markup("; their revenue is not known")
    return Markup(": {} of {} a month").format(
        page.show_fact("renewals_90d_not_healthy_mrr", "money"),
        page.show_total("renewals_90d_mrr", "money"),
    )


def next_renewal(page: Page) -> Markup:
    """Name the next renewal."""
    first = next(iter(page.tables["rpt_renewals_not_healthy"]), None)
    if first is None:
        return NOTHING
    return Markup("The next is {} on {}.").format(
        brief(first["account_name"] or first["account_id"]),
        page.book.show(first, "renewal_date", "date"),
    )
