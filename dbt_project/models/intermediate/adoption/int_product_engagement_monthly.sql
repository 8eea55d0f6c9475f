{{ config(materialized='ephemeral') }}

with

month_ends as (select * from {{ ref('int_month_ends') }}),

adoption as (select * from {{ ref('int_segment_adoption_daily') }}),

activity as (select * from {{ ref('int_segment_activity_daily') }}),

lifecycle as (select * from {{ ref('int_lifecycle_periods') }}),

-- Growth as a share: 4 won for each one lost is 0.8, as many won as lost is one half.
growth as (
    select
        dimension,
        segment,
        period_end as month_end,
        (new_count + resurrected_count)
        / nullif(cast(new_count + resurrected_count + dormant_count as double), 0) as growth_share
    from lifecycle
    where entity = 'user' and period = 'month'
)

select
    month_ends.month_end,
    adoption.dimension,
    adoption.segment,
    activity.mau as active_user_count,
    adoption.adopting_user_features
    / nullif(cast(adoption.eligible_active_user_features as double), 0) as adoption_share,
    activity.user_days_28d / nullif(cast(28 * activity.mau as double), 0) as stickiness_share,
    growth.growth_share
from month_ends
inner join adoption on month_ends.month_end = adoption.activity_date
inner join activity
    on
        adoption.dimension = activity.dimension
        and adoption.segment = activity.segment
        and adoption.activity_date = activity.activity_date
left join growth
    on
        adoption.dimension = growth.dimension
        and adoption.segment = growth.segment
        and adoption.activity_date = growth.month_end
