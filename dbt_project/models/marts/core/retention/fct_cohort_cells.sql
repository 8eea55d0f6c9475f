with

members as (select * from {{ ref('fct_cohort_members') }}),

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
    {{ number_series('0', "(select coalesce(max(case cohort_period when 'week' then floor(" ~ days_between('cohort_start', 'as_of_date') ~ " / 7) else " ~ months_completed('cohort_start', 'as_of_date') ~ " end), 0) from cohorts)") }}
),

intervals as (
    {% for kind in ['bounded', 'rolling', 'unbounded'] %}
        select
            cohorts.*,
            '{{ kind }}' as kind,
            numbers.number as interval_number,
            numbers.number
            {%- if kind == 'unbounded' %}
            + case cohorts.cohort_period when 'week' then {{ var('cohort_reach').week }} else {{ var('cohort_reach').month }} end
            {%- endif %} as last_interval
        from cohorts
        cross join numbers

        union all
    {% endfor %}
    select
        cohorts.*,
        'bracket' as kind,
        brackets.first_interval as interval_number,
        brackets.last_interval
    from cohorts
    inner join brackets using (cohort_period)
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
