with

changes as (select * from {{ ref('int_audience_changes') }}),

dates as (select * from {{ ref('int_days_spined') }}),

summed as (
    select
        dimension,
        segment,
        plan_id,
        role,
        platforms,
        change_date,
        sum(span_change) filter (where audience = 'account') as account_change,
        sum(span_change) filter (where audience = 'active') as active_change,
        sum(span_change) filter (where audience = 'provisioned') as provisioned_change
    from changes
    group by dimension, segment, plan_id, role, platforms, change_date
),

-- Memberships may be older than the first day that is recorded.
placed as (
    select
        summed.*,
        greatest(summed.change_date, covered.first_day) as placed_date
    from summed
    cross join (select min(date_day) as first_day from dates) as covered
),

groups as (
    select distinct
        dimension,
        segment,
        plan_id,
        role,
        platforms
    from summed
),

daily as (
    select
        groups.dimension,
        groups.segment,
        groups.plan_id,
        groups.role,
        groups.platforms,
        dates.date_day as activity_date,
        sum(placed.account_change) as account_change,
        sum(placed.active_change) as active_change,
        sum(placed.provisioned_change) as provisioned_change
    from groups
    cross join dates
    left join placed
        on
            groups.dimension = placed.dimension
            and groups.segment = placed.segment
            and groups.plan_id = placed.plan_id
            and groups.role = placed.role
            and groups.platforms = placed.platforms
            and dates.date_day = placed.placed_date
    group by
        groups.dimension, groups.segment, groups.plan_id, groups.role, groups.platforms, dates.date_day
),

running as (
    select
        dimension,
        segment,
        plan_id,
        role,
        platforms,
        activity_date,
        sum(coalesce(account_change, 0)) over group_history as account_count,
        sum(coalesce(active_change, 0)) over group_history as active_user_count,
        sum(coalesce(provisioned_change, 0)) over group_history as provisioned_user_count
    from daily
    window group_history as (
        partition by dimension, segment, plan_id, role, platforms
        order by activity_date
        rows between unbounded preceding and current row
    )
)

select
    dimension,
    segment,
    plan_id,
    role,
    platforms,
    activity_date,
    cast(account_count as bigint) as account_count,
    cast(active_user_count as bigint) as active_user_count,
    cast(provisioned_user_count as bigint) as provisioned_user_count
from running
where account_count > 0 or active_user_count > 0 or provisioned_user_count > 0
