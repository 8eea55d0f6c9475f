"""What has landed without any time in it, or not at all: nothing is learned of it, and why.

A list of customers with a mark of who has left says who looks like those who left, and not what
came before. What is not here: outcomes that are too few, which ``training`` knows.
"""

import duckdb

# With fewer, one day may be chance.
FEWEST_ON_ONE_DAY = 30
OF_CHURN = """
select
    (select count(*) from raw.billing_subscriptions) as landed,
    count(*) as dated,
    count(distinct first_date) as first_days,
    min(first_date) as first_day,
    (select as_of_date from raw.run_parameters) as last_day,
    (select count(*) from marts.fct_churns) as departures,
    (select count(distinct service_ended_date) from marts.fct_churns) as departure_days,
    (select min(service_ended_date) from marts.fct_churns) as departed_on
from intermediate.int_subscriptions_dated
"""
OF_SILENCE = "select count(*) from marts.fct_account_activity_daily where is_active"
REMEDY = "Land the history of subscriptions and of use, with its dates."


def refusal_of_landed(
    connection: duckdb.DuckDBPyConnection, label: str, is_without_outcomes: bool
) -> tuple[str, str] | None:
    """Return status and sentence where what landed has no time axis or is not there; else None."""
    if label == "silence":
        if is_without_outcomes and not connection.execute(OF_SILENCE).fetchone()[0]:
            return (
                "no_outcomes",
                "Nobody has used anything in what has landed (product/events), so nobody can be "
                "seen to go silent.",
            )
        return None
    landed, dated, first_days, first_day, last_day, left, left_on_days, left_on = (
        connection.execute(OF_CHURN).fetchone()
    )
    if left >= FEWEST_ON_ONE_DAY and left_on_days == 1:
        return (
            "no_time_axis",
            f"All {left:,} customers who left did so on one day, {left_on}, as in a list of "
            "customers with a column for who has left: without a time axis nothing tells a cause "
            f"from what followed, so there is no outlook. {REMEDY}",
        )
    if not is_without_outcomes:
        return None
    if landed == 0:
        return (
            "no_outcomes",
            "No subscriptions have landed (billing/subscriptions), and they say who is a customer "
            "and who has left, so there is no outlook of who leaves.",
        )
    if dated == 0:
        return (
            "no_time_axis",
            f"None of the {landed:,} subscriptions that landed (billing/subscriptions) tells when "
            "it began and ended: without a time axis nothing tells a cause from what followed, so "
            f"there is no outlook. {REMEDY}",
        )
    if dated >= FEWEST_ON_ONE_DAY and first_days == 1 and (last_day - first_day).days < 7:
        return (
            "no_time_axis",
            f"All {dated:,} subscriptions begin on {first_day}, within the week before the last "
            f"day that is built, {last_day}, as in a list of customers as of one day: there is "
            f"no time axis, so there is no outlook. {REMEDY}",
        )
    return None
