"""Expectations for ``raw.support_ticket_events``.

Can the history of a ticket be read from it?
"""

from great_expectations import expectations as gxe

TABLE = "raw.support_ticket_events"

EXPECTATIONS = [
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) >= 100 and count(*) filter (field = 'status') = 0
        """,
        description="some ticket changed its status",
        severity="warning",
        notes="Comments only: no reopening, no waiting and no backlog of a past day can be known.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            where field = 'comment'
            having count(*) >= 100 and count(*) filter (actor_type = 'agent' and is_public) = 0
        """,
        description="some agent answered in public",
        severity="warning",
        notes="Every reply time would be empty: kinds of actors or publicity were read wrongly.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            having count(*) filter (year(event_at) not between 1995 and 2100) > count(*) / 50
        """,
        description="at most 1 in 50 changes is of before 1995 or after 2100",
        severity="warning",
        notes="A default time, or milliseconds read as seconds: every waiting time would be wrong.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select sum(change_count) from (
                select count(*) as change_count from {batch} group by ticket_id
            )
            having sum(change_count) >= 1000 and max(change_count) > sum(change_count) / 10
        """,
        description="no ticket has a tenth of all changes",
        severity="warning",
        notes="A default identifier, or a loop between two robots.",
    ),
]
