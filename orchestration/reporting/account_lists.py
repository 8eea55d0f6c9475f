"""Which lists of customers there are: those who renew, who fell, who are quiet, and everybody.

Who belongs to a list is a column of ``rpt_account_overview``. What is not here: how a list looks.
"""

from dataclasses import dataclass

from orchestration.reporting.facts import Row

DROPS_SHOWN = 25


@dataclass(frozen=True)
class AccountList:
    """Customers that have something in common, and what is said where there are none."""

    anchor: str
    title: str
    nothing: str
    rows: list[Row]


def account_lists(accounts: list[Row]) -> list[AccountList]:
    """Return the lists, the most urgent first."""
    renewals = [row for row in accounts if row["is_renewal_not_healthy"]]
    drops = [row for row in accounts if row["is_drop"]]
    quiet = [row for row in accounts if row["is_quiet"]]
    return [
        AccountList(
            "renewals", "Renewals in 90 days, not healthy",
            "No contract that renews in 90 days belongs to a customer on watch or at risk.",
            sorted(renewals, key=lambda row: row["renewal_date"]),
        ),
        AccountList(
            "drops", "Biggest drops",
            "No score that can be used fell much by what the customer did.",
            sorted(drops, key=lambda row: row["customer_change"])[:DROPS_SHOWN],
        ),
        AccountList(
            "quiet", "Gone quiet", "No customer has gone quiet.",
            sorted(quiet, key=lambda row: -row["days_since_last_activity"]),
        ),
        AccountList("everybody", "All customers", "Nobody is a customer.", accounts),
    ]  # fmt: skip
