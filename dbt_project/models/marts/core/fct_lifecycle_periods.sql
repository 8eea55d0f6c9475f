with

segments as (select * from {{ ref('fct_account_segments_daily') }}),

user_activity as (select * from {{ ref('fct_user_activity_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

active_days as (
    select
        segments.dimension,
        segments.segment,
        user_activity.account_id,
        user_activity.user_id,
        user_activity.activity_date
    from user_activity
    inner join segments using (account_id, activity_date)
    where user_activity.is_in_population and segments.dimension != 'account'
),

active_periods as (
    {%- for entity in ['user', 'account'] %}
        {%- for period in ['week', 'month'] %}
            select distinct
                '{{ entity }}' as entity,
                '{{ period }}' as period,
                dimension,
                segment,
                {{ entity }}_id as entity_id,
                cast(date_trunc('{{ period }}', activity_date) as date) as period_start
            from active_days
            {% if not (entity == 'account' and loop.last) %}union all{% endif %}
        {%- endfor %}
    {%- endfor %}
),

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
