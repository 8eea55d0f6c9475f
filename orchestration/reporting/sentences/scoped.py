"""How the customers of one owner or one segment stand, in one statement."""

from markupsafe import Markup

from orchestration.reporting.formats import noun
from orchestration.reporting.page import Page
from orchestration.reporting.scopes import Scope
from orchestration.reporting.sentences.attention import first_names
from orchestration.reporting.sentences.statement import NOTHING, Statement

LIST = ("index.html#attention", "Everybody's list")


def scoped(page: Page, scope: Scope) -> list[Statement]:
    """Return what a narrower report says: how many need somebody or are at risk."""
    rows = page.tables["rpt_csm_portfolios" if scope.kind == "owner" else "fct_segment_cube"]
    if not rows:
        what = Markup("<strong>No customer is in {}</strong>.").format(scope.name)
        return [Statement(what, NOTHING, *LIST)]
    row, show = rows[0], page.book.show
    if scope.kind == "owner":
        what = Markup(
            "<strong>{} of {} customers {} attention now</strong>, with {} of {} a month. Renewals"
            " soon that are not healthy: {}."
        ).format(
            show(row, "attention_count"),
            show(row, "account_count"),
            noun(row["attention_count"], "needs", "need"),
            show(row, "attention_mrr", "money", "nothing known"),
            show(row, "mrr", "money"),
            show(row, "renewals_90d_not_healthy_count"),
        )
    else:
        what = Markup(
            "<strong>{} of {} customers with a score {} at risk</strong>, with {} of {} a month;"
            " the mean score is {}."
        ).format(
            show(row, "at_risk_account_count"),
            show(row, "scored_account_count"),
            noun(row["at_risk_account_count"], "is", "are"),
            show(row, "mrr_at_risk", "money"),
            show(row, "mrr", "money"),
            show(row, "mean_health_score", "points"),
        )
    return [Statement(what, first_names(page), *LIST)]
