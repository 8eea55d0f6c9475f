{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

events as (
    select
        *,
        {{ local_day('occurred_at') }} as activity_date,
        -- Only events that name no account themselves are looked up by the membership of their person.
        case when account_id is null then user_id end as sought_user_id,
        event_type not in ('identify', 'group', 'alias') as is_deed
    from {{ ref('int_events_deduplicated') }}
    where {{ happened_in_rebuild_window('occurred_at') }} and {{ happened_by_as_of('occurred_at') }}
),

event_kinds as (select * from {{ ref('int_event_kinds_catalogued') }}),

spellings as (select * from {{ ref('int_spellings_in_use') }}),

event_spellings as (select * from spellings where kind = 'event'),

feature_spellings as (select * from spellings where kind = 'feature'),

accounts as (select * from {{ ref('int_accounts_deduplicated') }}),

users as (select * from {{ ref('dim_users') }}),

periods as (select * from {{ ref('int_users_matched_to_accounts') }}),

user_agents as (select * from {{ ref('int_user_agents_classified') }}),

bot_networks as (
    select distinct mark as ip_network
    from {{ ref('stg_catalogue__internal_marks') }}
    where mark_kind = 'ip_network' and rejection_reason is null
)

select
    events.event_key,
    coalesce(events.account_id, periods.account_id) as account_id,
    events.user_id,
    coalesce(events.user_id, events.anonymous_id) as person_id,
    coalesce(feature_spellings.word, events.feature_id, event_kinds.feature_id) as feature_id,
    coalesce(event_spellings.word, events.event_name) as event_name,
    coalesce(events.platform, 'unknown') as platform,
    case
        when events.account_id is not null then 'event'
        when periods.account_count > 1 then 'ambiguous'
        when periods.account_id is not null then 'membership'
        else 'unknown'
    end as account_basis,
    events.duration_seconds,
    -- What no catalogue explains is use and a core action, unless it only says who somebody is.
    coalesce(event_kinds.is_activity, events.is_deed, true) as is_activity,
    coalesce(event_kinds.is_core, events.is_deed, true) as is_core,
    coalesce(event_kinds.is_login, false) as is_login,
    event_kinds.event_name is not null as is_catalogued,
    coalesce(user_agents.is_bot, false) or bot_networks.ip_network is not null as is_bot,
    coalesce(users.is_internal, false) or coalesce(accounts.is_internal, false) as is_internal,
    events.activity_date,
    events.occurred_at,
    events.landed_file,
    events.landed_line
from events
left join periods
    on
        events.sought_user_id = periods.user_id
        and events.occurred_at >= periods.valid_from
        and events.occurred_at < periods.valid_to
left join event_spellings on events.event_name = event_spellings.said_word
left join event_kinds on coalesce(event_spellings.word, events.event_name) = event_kinds.event_name
left join feature_spellings on coalesce(events.feature_id, event_kinds.feature_id) = feature_spellings.said_word
left join accounts on coalesce(events.account_id, periods.account_id) = accounts.account_id
left join users on events.user_id = users.user_id
left join user_agents on events.user_agent = user_agents.user_agent
left join bot_networks on events.ip_network = bot_networks.ip_network
