with

memberships as (select * from {{ ref('int_memberships_deduplicated') }}),

-- A new period begins wherever a membership begins or ends.
boundaries as (
    select
        user_id,
        valid_from as boundary_at
    from memberships
    union
    select
        user_id,
        valid_to as boundary_at
    from memberships
    where valid_to is not null
),

periods as (
    select
        user_id,
        boundary_at as valid_from,
        coalesce(
            lead(boundary_at) over (partition by user_id order by boundary_at), timestamp '9999-12-31'
        ) as valid_to
    from boundaries
)

-- Whoever is in several accounts at once is allocated to none of them.
select
    periods.user_id,
    periods.valid_from,
    periods.valid_to,
    count(distinct memberships.account_id) as account_count,
    case when count(distinct memberships.account_id) = 1 then min(memberships.account_id) end as account_id
from periods
inner join memberships
    on
        periods.user_id = memberships.user_id
        and periods.valid_from >= memberships.valid_from
        and (memberships.valid_to is null or periods.valid_from < memberships.valid_to)
group by
    periods.user_id,
    periods.valid_from,
    periods.valid_to
