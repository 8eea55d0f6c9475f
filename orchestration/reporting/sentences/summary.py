"""The statements of the first screen, the most important first."""

from markupsafe import Markup

from orchestration.reporting.formats import day
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.attention import attention
from orchestration.reporting.sentences.caveats import caveats
from orchestration.reporting.sentences.health import health
from orchestration.reporting.sentences.movement import movement
from orchestration.reporting.sentences.renewals import renewals
from orchestration.reporting.sentences.statement import Statement
from orchestration.reporting.sentences.unusual import unusual


def statements(page: Page) -> list[Statement]:
    """Return the statements of the first screen and what speaks against the data."""
    return [*findings(page), caveats(page)]


def findings(page: Page) -> list[Statement]:
    """Return what the report says, at most five statements, the most important first."""
    if not page.fact("customer_count"):
        return [nobody(page)]
    found = [health(page), attention(page), movement(page), unusual(page), renewals(page)]
    return [statement for statement in found if statement]


def nobody(page: Page) -> Statement:
    """Say that there is no customer, and whether there ever was one."""
    if page.fact("customers_ever_count"):
        return Statement(
            Markup("<strong>{}</strong>.").format(page.nobody),
            Markup("A score is a customer's, so there is none; what has been is below."),
            "revenue.html#retention",
            "Retention",
        )
    return Statement(
        Markup("<strong>{}</strong> as of {}.").format(page.nobody, day(page.as_of)),
        Markup(
            "Who is a customer is read from accounts and subscriptions: see which sources"
            " have landed."
        ),
        "sources",
        "Sources",
    )
