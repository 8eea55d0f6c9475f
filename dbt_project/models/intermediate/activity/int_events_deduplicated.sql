with

events as (select * from {{ ref('stg_product__events') }}),

accepted as (
    select *
    from events
    where
        rejection_reason is null
        and {{ happened_by_as_of('occurred_at') }}
),

repeated as (
    select event_id
    from accepted
    where event_id is not null
    group by event_id
    having count(*) > 1
),

-- Only what was delivered more than once is sorted; sorting everything costs far more.
first_deliveries as (
    select accepted.*
    from accepted
    inner join repeated using (event_id)
    qualify row_number() over (
        partition by event_id
        order by accepted.received_at nulls last, accepted.landed_file, accepted.landed_line
    ) = 1
),

delivered_once as (
    select accepted.*
    from accepted
    left join repeated using (event_id)
    where accepted.event_id is not null and repeated.event_id is null
),

-- A sender that gives no identifier may mean the same thing twice: equal lines are numbered, not merged.
numbered as (
    select
        *,
        row_number() over (
            partition by account_id, user_id, anonymous_id, event_name, feature_id, occurred_at, platform
            order by landed_file, landed_line
        ) as occurrence_number
    from accepted
    where event_id is null
)

{% set kept_columns = [
    "user_id", "anonymous_id", "account_id", "sender_session_id", "feature_id", "event_name", "event_type",
    "platform", "user_agent", "ip_network", "duration_seconds", "occurred_at", "received_at", "landed_file",
    "landed_line"
] -%}

select
    event_id as event_key,
    {{ kept_columns | join(',\n    ') }}
from delivered_once

union all

select
    event_id as event_key,
    {{ kept_columns | join(',\n    ') }}
from first_deliveries

union all

select
    'unnamed-' || md5(
        coalesce(account_id, '') || '|' || coalesce(user_id, '') || '|' || coalesce(anonymous_id, '') || '|'
        || event_name || '|' || coalesce(feature_id, '') || '|' || cast(occurred_at as varchar) || '|'
        || coalesce(platform, '')
    ) || '-' || cast(occurrence_number as varchar) as event_key,
    {{ kept_columns | join(',\n    ') }}
from numbered
