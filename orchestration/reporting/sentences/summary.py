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
