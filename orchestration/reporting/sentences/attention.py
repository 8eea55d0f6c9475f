"""Who needs somebody now, how much revenue that is, and who is at risk."""

from markupsafe import Markup, escape

from orchestration.reporting.formats import brief, day, noun
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.statement import NOTHING

NAMED = 3


def attention(page: Page) -> Markup:
    """Say how many customers need somebody now, and how much revenue that is."""
    if not is_known(page):
        return Markup(
            "<strong>How many customers are at risk is not known</strong>: none has a score."
        )
    return Markup(
        "<strong>{} of {} customers {} attention now</strong>{}. In the band at risk: {}{}."
    ).format(
        page.show_fact("attention_count"),
        page.show_fact("customer_count"),
        noun(page.fact("attention_count"), "needs", "need"),
        attention_revenue(page),
        page.show_fact("at_risk_count"),
        at_risk_before(page),
    )


def begin_with(page: Page) -> Markup:
    """Name whom to begin with, where it is known who needs somebody."""
    return first_names(page) if is_known(page) else NOTHING


def is_known(page: Page) -> bool:
    """Tell whether it is known who needs somebody."""
    return page.fact("at_risk_count") is not None or bool(page.fact("attention_count"))


def attention_revenue(page: Page) -> Markup:
    """Say how much revenue those have who need attention."""
    listed = page.row("rpt_attention_reasons", attention_reason="all")
    if page.fact("mrr") is None or (listed and listed["mrr"] is None):
        return Markup("; their revenue is not known")
    if listed is None:
        return NOTHING
    return Markup(", with {} of {} a month").format(
        page.book.show(listed, "mrr", "money"), page.show_fact("mrr", "money")
    )


def at_risk_before(page: Page) -> Markup:
    """Say how much revenue is at risk, and how it was 28 days before."""
    revenue = NOTHING
    if page.fact("at_risk_mrr") is not None:
        revenue = Markup(", {} a month").format(page.show_fact("at_risk_mrr", "money"))
    if page.fact("at_risk_count", "earlier_value") is None:
        return revenue + Markup("; there is no month before to compare with")
    before = Markup(" (on {}: {}").format(
        day(page.earlier_date), page.show_fact("at_risk_count", "count", "earlier_value")
    )
    if page.fact("at_risk_mrr", "earlier_value") is not None:
        before += Markup(", {}").format(page.show_fact("at_risk_mrr", "money", "earlier_value"))
    return revenue + before + Markup(")")


def first_names(page: Page) -> Markup:
    """Name the accounts to begin with."""
    rows = page.tables["rpt_accounts_needing_attention"][:NAMED]
    names = [brief(row["account_name"] or row["account_id"]) for row in rows]
    if not names:
        return Markup(
            "Nobody asked to cancel or is at risk, and no score that rests on enough evidence "
            "fell much by what the customer did."
        )
    return Markup("Begin with {}.").format(listed(names))


def listed(names: list[str]) -> Markup:
    """Join names as a sentence does."""
    *first, last = [escape(name) for name in names]
    return Markup(" and ").join([Markup(", ").join(first), last]) if first else last
