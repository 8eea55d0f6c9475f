"""From the page of a customer back to its raw lines: the queries that somebody can ask.

What is not here: running them; the working file is the pipeline's alone.
"""

from datetime import date

# What is asked of which relation, by which column of day, and for how many days.
EVENTS = """select landed_file, landed_line, user_id, event_name, occurred_at
from intermediate.int_events_identified
where account_id = {account} and activity_date > date '{as_of}' - 28
order by occurred_at;"""
COMPONENTS = """select component, status, metric_value, component_score, effective_weight, points
from marts.fct_account_health_components_daily
where account_id = {account} and score_date = date '{as_of}'
order by points;"""
LANDED = """select landed_file, landed_line, *
from staging.{relation}
where account_id = {account};"""


def queries(account_id: str, as_of: date) -> list[tuple[str, str]]:
    """Return the queries about a customer, each with what it answers."""
    account = "'" + account_id.replace("'", "''") + "'"
    asked = [
        ("The score of the day, component by component", COMPONENTS, ""),
        ("Every event of 28 days, with the file and line that it came in", EVENTS, ""),
        ("Its tickets", LANDED, "stg_support__tickets"),
        ("Its subscriptions", LANDED, "stg_billing__subscriptions"),
        ("Its answers to surveys", LANDED, "stg_surveys__responses"),
    ]
    return [
        (title, query.format(account=account, as_of=as_of, relation=relation))
        for title, query, relation in asked
    ]
