"""Expectations for ``marts.fct_feature_adoption_daily``.

Do people use what their plan offers them?
"""

from great_expectations import expectations as gxe

from expectations.rows import no_row

TABLE = "marts.fct_feature_adoption_daily"

EXPECTATIONS = [
    no_row(
        """
            adopting_account_count > eligible_account_count
            or adopting_user_count > eligible_active_user_count
            or adopting_member_count > eligible_provisioned_user_count
        """,
        description="nobody adopts a feature who is not asked about it",
        notes="More adopters than people who could be: plans or roles are read from another day.",
    ),
    gxe.UnexpectedRowsExpectation(
        unexpected_rows_query="""
            select count(*) from {batch}
            where dimension = 'all'
                and activity_date = (select max(activity_date) from {batch})
            having sum(eligible_active_user_count) >= 100 and sum(adopting_user_count) = 0
        """,
        description="some user is at home in some feature",
        severity="warning",
        notes="Nobody in any: the catalogue spells the core actions unlike the events do.",
    ),
]
