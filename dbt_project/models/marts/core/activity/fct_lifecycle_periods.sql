with

active_periods as (select * from {{ ref('fct_active_periods') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

neighbours as (
    select
        entity,
        period,
        dimension,
        segment,
        period_start,
        {{ next_period('period', 'period_start') }} as following_start,
        lag(period_start) over entity_history as previous_start,
        lead(period_start) over entity_history as next_start
    from active_periods
    window entity_history as (
        partition by entity, period, dimension, segment, entity_id
        order by period_start
    )
),

-- First-ever looks at the whole history of the entity in its segment, not at a window.
states as (
    select
        entity,
        period,
        dimension,
        segment,
        period_start,
        case
            when previous_start is null then 'new'
            when {{ next_period('period', 'previous_start') }} = period_start then 'returning'
            else 'resurrected'
        end as state
    from neighbours

    union all

    select
        entity,
        period,
        dimension,
        segment,
        following_start as period_start,
        'dormant' as state
    from neighbours
    where next_start is null or next_start > following_start
)

-- A period that is still running has no states yet.
select
    states.entity,
    states.period,
    states.dimension,
    states.segment,
    states.period_start,
    {{ next_period('states.period', 'states.period_start') }} - 1 as period_end,
    count(*) filter (where states.state = 'new') as new_count,
    count(*) filter (where states.state = 'returning') as returning_count,
    count(*) filter (where states.state = 'resurrected') as resurrected_count,
    count(*) filter (where states.state = 'dormant') as dormant_count,
    count(*) filter (where states.state != 'dormant') as active_count
from states
cross join parameters
where {{ next_period('states.period', 'states.period_start') }} <= parameters.as_of_date + 1
group by
    states.entity,
    states.period,
    states.dimension,
    states.segment,
    states.period_start
