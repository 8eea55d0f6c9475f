{{ config(materialized='ephemeral') }}

{#- All that an event says, which a later export says again; its day first, by which a daily build reads few. -#}
{% set said_columns = [
    "activity_date", "occurred_at", "account_id", "user_id", "anonymous_id", "event_name", "feature_id", "platform",
    "sender_session_id", "duration_seconds"
] | join(", ") %}

with

unnamed as (
    select
        *,
        {{ local_day('occurred_at') }} as activity_date
    from {{ with_known_names('stg_product__events') }}
    where
        event_id is null
        and rejection_reason is null
        and {{ happened_by_as_of('occurred_at') }}
),

told_by_several_files as (
    select *
    from unnamed
    qualify
        min(landed_file) over (partition by {{ said_columns }})
        != max(landed_file) over (partition by {{ said_columns }})
),

-- Equal lines of one file are as many events, and another file tells the same ones.
numbered as (
    select
        *,
        row_number() over (
            partition by {{ said_columns }}, landed_file
            order by landed_line
        ) as occurrence_number
    from told_by_several_files
)

select
    landed_file,
    landed_line,
    activity_date
from numbered
qualify
    row_number() over (
        partition by {{ said_columns }}, occurrence_number
        order by landed_file, landed_line
    ) > 1
