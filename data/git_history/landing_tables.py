"""What lands besides the events: one select per landing table.

Column names and types are those of the dbt sources YAML; a column about which the log says
nothing is left out.
"""

from data.open_university.landing_tables import LandingTable

PREPARATION = """
-- The grain is a day: midnight says so, any other hour would look like a measurement.
create macro at_midnight(day) as strftime(day, '%Y-%m-%dT%H:%M:%SZ');

create table organisations as
select
    account_id,
    min(event_date) as first_day
from usage
where account_id is not null
group by account_id;

-- A person belongs to the organisation for which they do something, until the first day on which
-- they do something for another one only. Who comes back joins anew. What comes later than a day
-- changes nothing about who was a member on it.
create table memberships as
with days as (
    select distinct user_id, account_id, event_date
    from usage
    where account_id is not null
),

days_elsewhere as (
    select distinct own.user_id, own.account_id, other.event_date
    from days as own
    inner join days as other
        on own.user_id = other.user_id and own.account_id != other.account_id
    anti join days as same
        on
            own.user_id = same.user_id
            and own.account_id = same.account_id
            and other.event_date = same.event_date
),

followed as (
    select days.*, min(days_elsewhere.event_date) as left_on
    from days
    left join days_elsewhere
        on
            days.user_id = days_elsewhere.user_id
            and days.account_id = days_elsewhere.account_id
            and days.event_date < days_elsewhere.event_date
    group by all
)

select
    account_id,
    user_id,
    min(event_date) as joined_on,
    left_on
from followed
group by account_id, user_id, left_on;
"""

LANDING_TABLES = (
    LandingTable(
        "crm",
        "accounts",
        """
        select
            account_id,
            'customer' as account_type,
            at_midnight(first_day) as created_at,
            at_midnight(first_day) as updated_at
        from organisations
        order by account_id
        """,
    ),
    LandingTable(
        "crm",
        "users",
        """
        select user_id, at_midnight(min(event_date)) as created_at
        from usage
        group by user_id
        order by user_id
        """,
    ),
    LandingTable(
        "crm",
        "account_users",
        """
        select
            account_id,
            user_id,
            at_midnight(joined_on) as valid_from,
            at_midnight(left_on) as valid_to
        from memberships
        order by account_id, user_id, joined_on
        """,
    ),
    LandingTable(
        "billing",
        "subscriptions",
        """
        select
            account_id || '-use' as subscription_id,
            account_id,
            'active' as status,
            at_midnight(first_day) as started_at
        from organisations
        order by account_id
        """,
    ),
    # Nothing is paid, and nobody counts seats: both columns are there and empty, because zero
    # would be a price, and seats would be compared with active users.
    LandingTable(
        "billing",
        "subscription_items",
        """
        select
            account_id || '-use-item' as subscription_item_id,
            account_id || '-use' as subscription_id,
            at_midnight(first_day) as valid_from,
            'open' as plan_id,
            cast(null as bigint) as unit_amount_minor,
            cast(null as bigint) as quantity
        from organisations
        order by account_id
        """,
    ),
    LandingTable("catalogue", "plans", "select 'open' as plan_id"),
    LandingTable(
        "catalogue",
        "feature_catalog",
        """
        select distinct feature as feature_id, feature as name
        from usage
        where feature is not null
        order by feature_id
        """,
    ),
    # A change and a judgement of one are the work; to be thanked for a report is not.
    LandingTable(
        "catalogue",
        "event_catalog",
        """
        select distinct
            event_type as event_name,
            cast(null as varchar) as feature_id,
            true as is_activity,
            event_type in ('commit', 'reviewed') as is_core,
            false as is_login,
            false as is_error,
            false as is_system
        from usage
        order by event_name
        """,
    ),
)

EVENTS = """
select
    event_id,
    event_type as event_name,
    'track' as event_type,
    at_midnight(event_date) as event_ts,
    user_id,
    account_id,
    feature as feature_id,
    json_object('is_fix', is_fix) as properties
from usage
"""

ODDITIES = {
    "events of people without an organisation; no customer has them": """
        from usage where account_id is null
    """,
    "people who did something for several organisations": """
        from (
            select user_id from usage where account_id is not null
            group by user_id having count(distinct account_id) > 1
        )
    """,
    "organisations with fewer than three events": """
        from (
            select account_id from usage where account_id is not null
            group by account_id having count(*) < 3
        )
    """,
}
