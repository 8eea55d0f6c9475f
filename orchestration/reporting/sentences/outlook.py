"""How many are expected to leave, how much they pay, and how often such statements were right."""

from markupsafe import Markup

from orchestration.reporting.facts import Row
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.statement import NOTHING, Statement

SPEAKING = ("ok", "candidate")


def outlook(page: Page) -> list[Statement]:
    """Say what is expected at the shortest horizon of which a model speaks; nothing without one."""
    revenue = next(
        (row for row in page.tables["rpt_outlook_revenue"] if row["status"] in SPEAKING), None
    )
    if revenue is None or not revenue["expected_departures"]:
        return []
    what = Markup("<strong>Expected to leave</strong> within {}: {} of {}{}.").format(
        page.book.show(revenue, "horizon_days", "days"),
        page.book.show(revenue, "expected_departures"),
        page.book.show(revenue, "account_count"),
        _loss(page, revenue),
    )
    return [Statement(what, _worth(page, revenue["horizon_days"]), "outlook.html", "Outlook")]


def _loss(page: Page, revenue: Row) -> Markup:
    if revenue["revenue_at_risk"] is None:
        return NOTHING
    return Markup(", {} a month, beside those who asked to cancel").format(
        page.book.show(revenue, "revenue_at_risk", "money")
    )


def _worth(page: Page, horizon: int) -> Markup:
    model = next(
        (row for row in page.tables["rpt_outlook_models"] if row["horizon_days"] == horizon), None
    )
    if model is None or model["auc"] is None:
        return NOTHING
    by = "A promoted model" if model["model_status"] == "ok" else "A candidate"
    return Markup("{}, right in {} of pairs.").format(by, page.book.show(model, "auc", "share"))
