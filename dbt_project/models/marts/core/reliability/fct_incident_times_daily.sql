{% set steps = {'acknowledge': 'acknowledged_at', 'recover': 'monitoring_at', 'resolve': 'resolved_at'} -%}

with

incidents as (select * from {{ ref('fct_incidents') }} where is_failure),

outage_incidents as (select * from {{ ref('fct_incidents') }} where is_outage),

downtime as (select * from {{ ref('int_downtime_merged') }}),

days as (select * from {{ ref('int_days_spined') }}),

source_coverage as (select * from {{ ref('dim_source_coverage') }} where source = 'status_incidents'),

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
        1
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
        days.date_day,
        'up',
        {{ seconds_between(day_starts_at('days.date_day'), day_starts_at('days.date_day + 1')) }},
        0
    from days
    inner join source_coverage on source_coverage.first_date <= days.date_day
    union all
    select
        days.date_day,
        'down',
        {{ seconds_between(
            'greatest(downtime.started_at, ' ~ day_starts_at('days.date_day') ~ ')',
            'least(downtime.ended_at, ' ~ day_starts_at('days.date_day + 1') ~ ')'
        ) }},
        0
    from downtime
    inner join days
        on
            downtime.started_at < {{ day_starts_at('days.date_day + 1') }}
            and downtime.ended_at > {{ day_starts_at('days.date_day') }}
),

measured as (
    select
        activity_date,
        happening,
        sum(open_change) over (order by activity_date) as open_incident_count,
        count(*) filter (where happening = 'outage') over last_90_days as outage_count,
        sum(cast(happening_seconds as decimal(18, 6))) filter (where happening = 'up') over last_90_days as day_seconds,
        sum(cast(happening_seconds as decimal(18, 6))) filter (where happening = 'down') over last_90_days as down_seconds
        {%- for step in steps %},
        count(happening_seconds) filter (where happening = '{{ step }}') over last_90_days as {{ step }}_count,
        sum(cast(happening_seconds as decimal(18, 6))) filter (where happening = '{{ step }}') over last_90_days
            as {{ step }}_seconds,
        {{ percentile("case when happening = '" ~ step ~ "' then happening_seconds end", 0.5) }} over last_90_days
            as {{ step }}_median_seconds
        {%- endfor %}
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
    cast(day_seconds - coalesce(down_seconds, 0) as double) as up_seconds
    {%- for step in steps %},
    {{ step }}_count,
    cast({{ step }}_seconds as double) as {{ step }}_seconds,
    {{ step }}_median_seconds
    {%- endfor %}
from measured
where happening = 'up'
