{{ config(materialized='ephemeral') }}

with

members as (select * from {{ ref('int_cohort_members') }}),

brackets as (select * from {{ ref('cohort_brackets') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

cohorts as (
    select
        members.entity,
        members.cohort_period,
        members.cohort_start,
        members.cohort_end,
        parameters.as_of_date,
        count(*) as cohort_size
    from members
    cross join parameters
    group by members.entity, members.cohort_period, members.cohort_start, members.cohort_end, parameters.as_of_date
),

numbers as (
    select number
    from
        {{ number_series('0', "(
            select coalesce(max(case cohort_period
                when 'week' then floor(" ~ days_between('cohort_start', 'as_of_date') ~ " / 7)
                else " ~ months_completed('cohort_start', 'as_of_date') ~ "
            end), 0)
            from cohorts
        )") }}
),

kinds as (
    select
        'bounded' as kind,
        0 as week_reach,
        0 as month_reach
    union all
    select
        'rolling' as kind,
        0 as week_reach,
        0 as month_reach
    union all
    select
        'unbounded' as kind,
        {{ var('cohort_reach').week }} as week_reach,
        {{ var('cohort_reach').month }} as month_reach
),

intervals as (
    select
        cohorts.*,
        kinds.kind,
        numbers.number as interval_number,
        numbers.number
        + case cohorts.cohort_period when 'week' then kinds.week_reach else kinds.month_reach end as last_interval
    from cohorts
    cross join numbers
    cross join kinds

    union all

    select
        cohorts.*,
        'bracket' as kind,
        brackets.first_interval as interval_number,
        brackets.last_interval
    from cohorts
    inner join brackets on cohorts.cohort_period = brackets.cohort_period
),

-- The last member of a cohort ends its last interval this much after the cohort.
dated as (
    select
        *,
        {{ intervals_later('cohort_period', 'cohort_start', 'interval_number') }} as begins_on,
        {{ intervals_later('cohort_period', 'cohort_end', '(last_interval + 1)') }} as matures_on
    from intervals
)

select
    entity,
    cohort_period,
    cohort_start,
    kind,
    cast(interval_number as integer) as interval_number,
    cast(last_interval as integer) as last_interval,
    cohort_size,
    matures_on <= as_of_date as is_mature,
    cohort_end,
    matures_on
from dated
where begins_on <= as_of_date
