{{ config(materialized='ephemeral') }}

with

events as (select * from {{ with_known_names('stg_product__events') }}),

redelivered as (select * from {{ ref('int_events_redelivered') }}),

nameless as (select * from {{ with_known_names('stg_product__events') }} where event_id is null),

-- A sender that gives no identifier may mean the same thing twice: equal lines of a file are numbered, not merged.
numbered as (
    select
        nameless.*,
        row_number() over (
            partition by
                nameless.account_id, nameless.user_id, nameless.anonymous_id, nameless.event_name,
                nameless.feature_id, nameless.occurred_at, nameless.platform
            order by nameless.landed_file, nameless.landed_line
        ) as occurrence_number
    from nameless
    left join redelivered using (landed_file, landed_line)
    where nameless.rejection_reason is null and redelivered.is_redelivery is null
)

{% set kept_columns = [
    "user_id", "anonymous_id", "account_id", "sender_session_id", "feature_id", "event_name", "event_type",
    "platform", "user_agent", "ip_network", "duration_seconds", "occurred_at", "received_at", "landed_file",
    "landed_line"
] -%}

-- An identifier is unique within its sender only: another event that bears it has a number besides.
select
    case
        when redelivered.event_number is null then events.event_id
        else events.event_id || '#' || cast(redelivered.event_number as string)
    end as event_key,
    events.{{ kept_columns | join(',\n    events.') }}
from events
left join redelivered using (landed_file, landed_line)
where
    events.event_id is not null
    and events.rejection_reason is null
    and not coalesce(redelivered.is_redelivery, false)

union all

select
    'unnamed-' || md5(
        coalesce(account_id, '') || '|' || coalesce(user_id, '') || '|' || coalesce(anonymous_id, '') || '|'
        || event_name || '|' || coalesce(feature_id, '') || '|' || cast(occurred_at as string) || '|'
        || coalesce(platform, '')
    ) || '-' || cast(occurrence_number as string) as event_key,
    {{ kept_columns | join(',\n    ') }}
from numbered
