"""The statements of the first screen, the most important first."""

from markupsafe import Markup

from orchestration.reporting.formats import day
from orchestration.reporting.page import Page
from orchestration.reporting.sentences.caveats import caveats
from orchestration.reporting.sentences.outlook import outlook
from orchestration.reporting.sentences.ruled import ruled
from orchestration.reporting.sentences.statement import Statement


def statements(page: Page) -> list[Statement]:
    """Return the statements of the first screen and what speaks against the data."""
    return [*findings(page), caveats(page)]


def findings(page: Page) -> list[Statement]:
    """Return what the report says, the most important first, and what is likely to come."""
    return [*ruled(page), *outlook(page)] if page.fact("customer_count") else [nobody(page)]


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
        "definitions.html#sources",
        "Sources",
    )
