{% set steps = {'acknowledge': 'acknowledged_at', 'recover': 'monitoring_at', 'resolve': 'resolved_at'} -%}

with

incidents as (
    select * from {{ ref('fct_incidents') }}
    where is_failure
),

outage_incidents as (
    select * from {{ ref('fct_incidents') }}
    where is_outage
),

up_time as (select * from {{ ref('int_up_time_daily') }}),

-- A step counts on the day on which it was taken, so what is still open that day is not in the mean.
happenings as (
    {%- for step, moment in steps.items() %}
        select
            {{ local_day(moment) }} as activity_date,
            '{{ step }}' as happening,
            seconds_to_{{ step }} as happening_seconds,
            {{ -1 if step == 'resolve' else 0 }} as open_change
        from incidents
        where {{ moment }} is not null
        union all
    {%- endfor %}
    select
        started_date,
        'start',
        cast(null as double),
        -- What is over, nobody knows since when, never leaves, so it does not enter.
        case when is_open or resolved_at is not null then 1 else 0 end
    from incidents
    union all
    select
        started_date,
        'outage',
        cast(null as double),
        0
    from outage_incidents
    union all
    select
        activity_date,
        'up',
        up_seconds,
        0
    from up_time
),

measured as (
    select
        activity_date,
        happening,
        sum(open_change) over (order by activity_date) as open_incident_count,
        count(*) filter (where happening = 'outage') over last_90_days as outage_count,
        {%- for step in steps %}
            count(*) filter (where happening = '{{ step }}') over last_90_days as {{ step }}_count,
            sum(cast(happening_seconds as decimal(18, 6))) filter (where happening = '{{ step }}') over last_90_days
                as {{ step }}_seconds,
            {{ percentile("case when happening = '" ~ step ~ "' then happening_seconds end", 0.5) }} over last_90_days
                as {{ step }}_median_seconds,
        {%- endfor %}
        sum(cast(happening_seconds as decimal(18, 6))) filter (where happening = 'up') over last_90_days as up_seconds
    from happenings
    window last_90_days as (
        order by activity_date
        range between interval 89 days preceding and current row
    )
)

select
    activity_date,
    cast(open_incident_count as bigint) as open_incident_count,
    outage_count,
    {%- for step in steps %}
        {{ step }}_count,
        cast({{ step }}_seconds as double) as {{ step }}_seconds,
        {{ step }}_median_seconds,
    {%- endfor %}
    cast(up_seconds as double) as up_seconds
from measured
where happening = 'up'
