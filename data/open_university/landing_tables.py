"""What is small enough for one file a table: one select per landing table.

Column names and types are those of the dbt sources YAML; a column about which the data say
nothing is left out. The events are in ``events``.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class LandingTable:
    """One landing table: where it lies and the rows it gets, in a fixed order."""

    system: str
    name: str
    select: str


LANDING_TABLES = (
    LandingTable(
        "crm",
        "accounts",
        """
        select
            account_id,
            'customer' as account_type,
            'GB' as country,
            region,
            age_band,
            at_midnight(first_started_on) as created_at,
            at_midnight(started_on) as updated_at
        from students
        order by id_student
        """,
    ),
    LandingTable(
        "crm",
        "users",
        """
        select
            user_id,
            age_band,
            'GB' as country,
            at_midnight(first_started_on) as created_at
        from students
        order by id_student
        """,
    ),
    LandingTable(
        "crm",
        "account_users",
        """
        select
            account_id,
            user_id,
            at_midnight(first_started_on) as valid_from
        from students
        order by id_student
        """,
    ),
    # The status is that of the last day: every term has ended. A term that ran out was not
    # cancelled; only who unregistered asked to leave. A course ends as agreed and nobody renews
    # it, so only who ended before the scheduled end has left. Why nobody wrote down.
    LandingTable(
        "billing",
        "subscriptions",
        """
        select
            subscription_id,
            account_id,
            'canceled' as status,
            at_midnight(started_on) as started_at,
            at_midnight(ended_on) as ended_at,
            case when taught_from > started_on then at_midnight(started_on) end as trial_start,
            case when taught_from > started_on then at_midnight(taught_from) end as trial_end,
            at_midnight(unregistered_on) as cancel_requested_at,
            term_months,
            term_ends_on as renewal_date
        from enrolments
        order by subscription_id
        """,
    ),
    # No price is published, and credits are no seats: both columns are there and empty, because
    # zero would be a price, and seats would be compared with active users.
    LandingTable(
        "billing",
        "subscription_items",
        """
        select
            subscription_id || '-module' as subscription_item_id,
            subscription_id,
            at_midnight(started_on) as valid_from,
            at_midnight(ended_on) as valid_to,
            plan_id,
            cast(null as bigint) as unit_amount_minor,
            cast(null as bigint) as quantity
        from enrolments
        order by subscription_id
        """,
    ),
    # A presentation of a module is taken once.
    LandingTable(
        "catalogue",
        "plans",
        """
        select distinct
            code_module as plan_id,
            false as renews
        from courses
        order by plan_id
        """,
    ),
    LandingTable(
        "catalogue",
        "feature_catalog",
        """
        select distinct
            activity_type as feature_id,
            activity_type as name,
            'learning environment' as area
        from vle_sites
        union all
        select 'assessment', 'assessment', 'assessment'
        order by feature_id
        """,
    ),
    # Handing in work is what a course is for; a click may be anything.
    LandingTable(
        "catalogue",
        "event_catalog",
        """
        select
            event_name,
            feature_id,
            event_name != 'assessment_banked' as is_activity,
            event_name not in ('assessment_banked', 'vle_homepage') as is_core,
            false as is_login,
            false as is_error,
            false as is_system
        from (
            select distinct 'vle_' || activity_type as event_name, activity_type as feature_id
            from vle_sites
            union all
            select 'assessment_submitted', 'assessment'
            union all
            select 'assessment_banked', 'assessment'
        )
        order by event_name
        """,
    ),
)
