"""The summary in words: at most five statements, each with what follows from it.

Words are chosen by sign and by what is known; numbers come marked from the page. Statements say
what goes together, never what caused what. What is not here: rules about single accounts, which
are models.
"""

from dataclasses import dataclass

from markupsafe import Markup, escape

from orchestration.reporting.formats import day, noun
from orchestration.reporting.page import Page

NO_MONTH_BEFORE = "There is no month before to compare with."
NAMED = 3


@dataclass(frozen=True)
class Statement:
    """One statement: what is the case, what follows, and where to read on."""

    what: Markup
    so_what: Markup
    anchor: str
    link: str


def statements(page: Page) -> list[Statement]:
    """Return the statements of the first screen, the most important first."""
    if not page.fact("customer_count"):
        return [nobody(page), caveats(page)]
    return [health(page), attention(page), movement(page), renewals(page), caveats(page)]


def nobody(page: Page) -> Statement:
    """Say that there is no customer, which is a statement about the data."""
    return Statement(
        Markup("<strong>No customer is known</strong> as of {}.").format(day(page.as_of)),
        Markup(
            "Who is a customer is read from accounts and subscriptions: see which sources"
            " have landed."
        ),
        "sources",
        "Sources",
    )


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
        return Markup(". ") + NO_MONTH_BEFORE
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
    losses, everything = page.tables["rpt_component_losses"], page.row("rpt_pillar_losses", pillar="all")
    if not losses or not losses[0]["mean_points_lost"] or everything is None:
        return Markup("No points are lost.")
    return Markup("Most points are lost in <em>{}</em>: {} of {} on average.").format(
        losses[0]["label"],
        page.book.show(losses[0], "mean_points_lost", "points"),
        page.book.show(everything, "mean_points_lost", "points"),
    )


def attention(page: Page) -> Statement:
    """Say how many customers need somebody now, how much revenue that is, and who comes first."""
    if page.fact("at_risk_count") is None and not page.fact("attention_count"):
        what = Markup("<strong>How many customers are at risk is not known</strong>: none has a score.")
        return Statement(what, Markup(""), "attention", "The list")
    what = Markup(
        "<strong>{} of {} customers need attention now</strong>{}. In the band at risk: {}{}."
    ).format(
        page.show_fact("attention_count"),
        page.show_fact("customer_count"),
        attention_revenue(page),
        page.show_fact("at_risk_count"),
        at_risk_before(page),
    )
    return Statement(what, first_names(page), "attention", "The list, with reasons")


def attention_revenue(page: Page) -> Markup:
    """Say how much revenue those have who need attention."""
    listed = page.row("rpt_attention_reasons", attention_reason="all")
    if page.fact("mrr") is None or (listed and listed["mrr"] is None):
        return Markup("; their revenue is not known")
    if listed is None:
        return Markup("")
    return Markup(", with {} of {} a month").format(
        page.book.show(listed, "mrr", "money"), page.show_fact("mrr", "money")
    )


def at_risk_before(page: Page) -> Markup:
    """Say how much revenue is at risk, and how it was 28 days before."""
    revenue = Markup("")
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
    names = [row["account_name"] for row in page.tables["rpt_accounts_at_risk"][:NAMED]]
    if not names:
        return Markup("Nobody asked to cancel, stands at risk or fell fast.")
    return Markup("Begin with {}.").format(listed(names))


def listed(names: list[str]) -> Markup:
    """Join names as a sentence does."""
    *first, last = [escape(name) for name in names]
    return Markup(" and ").join([Markup(", ").join(first), last]) if first else last


def movement(page: Page) -> Statement:
    """Say how many customers moved between bands, left and came."""
    if not page.has_month_before:
        what = Markup("<strong>Movement between bands is not known.</strong> ") + NO_MONTH_BEFORE
        return Statement(what, Markup(""), "movement", "Bands")
    what = Markup(
        "<strong>{} {} moved down a band and {} up</strong> since {}; {} left and {} came."
    ).format(
        page.show_fact("moved_down_count"),
        noun(page.fact("moved_down_count"), "customer"),
        page.show_fact("moved_up_count"),
        day(page.earlier_date),
        page.show_fact("left_count"),
        page.show_fact("came_count"),
    )
    return Statement(what, left_revenue(page), "movement", "Movement")


def left_revenue(page: Page) -> Markup:
    """Say how much revenue went with those who left."""
    balance = page.row("rpt_band_balance", band="all")
    if not page.fact("left_count"):
        return Markup("No customer was lost.")
    if balance is None or balance["left_mrr"] is None:
        return Markup("The revenue of those who left is not known.")
    return Markup("Those who left paid {} a month.").format(
        page.book.show(balance, "left_mrr", "money")
    )


def renewals(page: Page) -> Statement:
    """Say which contracts renew soon without being healthy."""
    count = page.fact("renewals_90d_not_healthy_count")
    if count is None:
        what = Markup("<strong>Renewals at risk are not known</strong>: no renewal date is known.")
        return Statement(what, Markup(""), "renewals", "Renewals")
    if not count:
        what = Markup(
            "<strong>None of the {} contracts</strong> that renew in the next 90 days belongs to"
            " a customer on watch or at risk."
        ).format(page.show_total("renewals_90d_count"))
        return Statement(what, Markup(""), "renewals", "Renewals")
    what = Markup(
        "<strong>{} of {} contracts that renew in the next 90 days are not healthy</strong>{}."
    ).format(
        page.show_fact("renewals_90d_not_healthy_count"),
        page.show_total("renewals_90d_count"),
        renewal_revenue(page),
    )
    return Statement(what, next_renewal(page), "renewals", "Renewals")


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
        return Markup("")
    return Markup("The next is {} on {}.").format(
        first["account_name"], page.book.show(first, "renewal_date", "date")
    )


def caveats(page: Page) -> Statement:
    """Say what the numbers do not rest on."""
    found = [write(page) for name, write in CAVEATS if page.total(name)]
    if not found:
        what = Markup("<strong>Nothing is held against the data</strong>: every line was read.")
        return Statement(what, Markup(""), "data", "Data")
    what = Markup("<strong>Read with care:</strong> {}.").format(Markup("; ").join(found))
    if page.total("unbalanced_table_count"):
        so_what = Markup("Lines are missing: act on no number before this is mended.")
    else:
        so_what = Markup("Every line is accounted for; what is missing is not counted as zero.")
    return Statement(what, so_what, "data", "Data behind this page")


def counted(name: str, one: str, many: str, of: str | None = None) -> tuple:
    """Make a caveat from a total, in the singular and the plural, and the total it is part of."""
    totals = (name, of) if of else (name,)

    def write(page: Page) -> Markup:
        text = Markup(noun(page.total(name), one, many))
        return text.format(*(page.show_total(total) for total in totals))

    return name, write


CAVEATS = (
    counted(
        "unbalanced_table_count",
        "{} landed table does not balance",
        "{} landed tables do not balance",
    ),
    counted(
        "sources_absent",
        "{} of {} sources is not connected",
        "{} of {} sources are not connected",
        "source_count",
    ),
    counted(
        "sources_stale", "{} of {} sources is stale", "{} of {} sources are stale", "source_count"
    ),
    counted("files_refused", "{} file could not be read", "{} files could not be read"),
    counted(
        "rows_quarantined",
        "{} of {} lines was refused",
        "{} of {} lines were refused",
        "lines_read",
    ),
    counted(
        "metrics_not_ok",
        "{} of {} metrics cannot be shown yet",
        "{} of {} metrics cannot be shown yet",
        "metric_count",
    ),
    counted(
        "accounts_without_mrr",
        "the revenue of {} customer is not known",
        "the revenue of {} customers is not known",
    ),
    counted(
        "accounts_too_new",
        "{} customer is too new for a score",
        "{} customers are too new for a score",
    ),
)
