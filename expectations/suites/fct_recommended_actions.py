"""Expectations for ``marts.fct_recommended_actions``.

Can this be the work of one week?
"""

from great_expectations import expectations as gxe

TABLE = "marts.fct_recommended_actions"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) filter (play is not null) as due, count(*) as customers from {batch}
            where action_date = (select max(action_date) from {batch})
            having count(*) >= 40 and count(*) filter (play is not null) > count(*) / 2
        """,
        description="at most half of the customers need somebody this week",
        severity="warning",
        notes="A source that went silent makes everybody quiet, a bound too wide everybody due.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) filter (owner = 'nobody') as unowned, count(*) as customers from {batch}
            where action_date = (select max(action_date) from {batch})
            having count(*) >= 40 and count(*) filter (owner = 'nobody') > count(*) / 2
        """,
        description="at most half of the customers have no owner",
        severity="warning",
        notes="An export without csm_id: all that is due would be deferred.",
    ),
]
