{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

{#- As precisely as a corrected clock gives the time of one event. -#}
{% set same_moment_seconds = 600 %}

with

events as (
    select
        *,
        {{ local_day('occurred_at') }} as activity_date,
        -- The device's own time is the same at every delivery; the corrected one is not.
        coalesce(original_at, occurred_at) as happened_at
    from {{ with_known_names('stg_product__events') }}
    where
        event_id is not null
        and rejection_reason is null
        and {{ happened_by_as_of('occurred_at') }}
),

unnamed_redeliveries as (select * from {{ ref('int_unnamed_events_redelivered') }}),

-- A full build looks for what is there twice; a later one only at what the rebuilt days hold.
questionable as (
    select event_id
    from events
    where {{ in_rebuild_window('activity_date') }}
    group by event_id
    {% if not is_incremental() %}having count(*) > 1{% endif %}
),

spaced as (
    select
        events.*,
        lag(events.happened_at) over (
            partition by events.event_id, events.event_name
            order by events.happened_at
        ) as previous_at
    from events
    inner join questionable using (event_id)
),

moments as (
    select
        *,
        sum(
            case when {{ seconds_between('previous_at', 'happened_at') }} <= {{ same_moment_seconds }} then 0 else 1 end
        ) over (
            partition by event_id, event_name
            order by happened_at
            range between unbounded preceding and current row
        ) as moment_number
    from spaced
),

-- What one delivery leaves out, and all others of the moment say alike, it does not contradict.
completed as (
    select
        *,
        {%- for id in ['account_id', 'user_id', 'feature_id'] %}
            coalesce(
                {{ id }},
                case
                    when min({{ id }}) over moment = max({{ id }}) over moment then max({{ id }}) over moment
                end
            ) as completed_{{ id }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from moments
    window moment as (partition by event_id, event_name, moment_number)
),

-- The first day comes first, so that nothing that is delivered later changes a day.
ranked as (
    select
        *,
        row_number() over (
            partition by
                event_id, event_name, moment_number, completed_account_id, completed_feature_id,
                coalesce(completed_user_id, anonymous_id)
            order by activity_date, received_at nulls last, landed_file, landed_line
        ) as delivery_number
    from completed
)

select
    landed_file,
    landed_line,
    activity_date,
    true as is_named,
    delivery_number > 1 as is_redelivery,
    -- Among the events that bear one identifier; what is delivered again is none of them, whatever comes later.
    case
        when delivery_number = 1
            then row_number() over (
                partition by event_id, delivery_number > 1
                order by
                    activity_date, occurred_at, event_name, account_id nulls last, user_id nulls last,
                    anonymous_id nulls last, feature_id nulls last, landed_file, landed_line
            )
    end as event_number
from ranked
qualify (delivery_number > 1 or event_number > 1) and {{ in_rebuild_window('activity_date') }}

union all

select
    landed_file,
    landed_line,
    activity_date,
    false as is_named,
    true as is_redelivery,
    cast(null as bigint) as event_number
from unnamed_redeliveries
where {{ in_rebuild_window('activity_date') }}
