with

memberships as (select * from {{ ref('int_memberships_deduplicated') }}),

users as (select * from {{ ref('dim_users') }}),

dated as (
    select
        memberships.account_id,
        memberships.user_id,
        coalesce(memberships.role, 'unknown') as role,
        {{ local_day('memberships.valid_from') }} as first_date,
        coalesce({{ local_day('memberships.valid_to') }}, date '9999-12-31') as valid_to_date,
        coalesce({{ local_day('users.deactivated_at') }}, date '9999-12-31') as deactivated_date
    from memberships
    inner join users using (user_id)
    where not users.is_internal
),

-- Of two memberships on one day the later holds, so that nobody has two roles in an account at once.
following as (
    select
        *,
        coalesce(
            lead(first_date) over (partition by account_id, user_id order by first_date, valid_to_date, role),
            date '9999-12-31'
        ) as next_date
    from dated
)

select
    account_id,
    user_id,
    role,
    first_date,
    least(valid_to_date, deactivated_date, next_date) as end_date
from following
where first_date < least(valid_to_date, deactivated_date, next_date)
