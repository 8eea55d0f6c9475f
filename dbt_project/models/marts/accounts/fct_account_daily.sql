{{ config(materialized='incremental', incremental_strategy='replace_days', event_time='activity_date') }}

with

attributes as (select * from {{ ref('int_account_attributes_daily') }} where {{ in_rebuild_window('activity_date') }}),

subscriptions as (select * from {{ ref('fct_subscriptions_daily') }} where {{ in_rebuild_window('activity_date') }}),

health as (
    select
        *,
        score_date as activity_date
    from {{ ref('fct_account_health_daily') }}
    where {{ in_rebuild_window('score_date') }}
),

activity as (select * from {{ ref('fct_account_activity_daily') }} where {{ in_rebuild_window('activity_date') }}),

engagement as (select * from {{ ref('fct_account_engagement_daily') }} where {{ in_rebuild_window('activity_date') }}),

breadth as (select * from {{ ref('int_feature_breadth_daily') }} where {{ in_rebuild_window('activity_date') }}),

reliability as (select * from {{ ref('fct_reliability_28d') }} where {{ in_rebuild_window('activity_date') }}),

support as (select * from {{ ref('fct_support_28d') }} where {{ in_rebuild_window('activity_date') }}),

nps as (select * from {{ ref('fct_nps_90d') }} where {{ in_rebuild_window('activity_date') }}),

payments as (select * from {{ ref('fct_account_payments_daily') }} where {{ in_rebuild_window('activity_date') }}),

sentiments as (select * from {{ ref('int_csm_sentiments_dated') }}),

-- What its source does not tell is empty, and so is what 28 days are asked for before there are as many.
known_days as (
    {{ days_known_of(
        ['product_events', 'product_times', 'product_error_logs', 'product_error_persons', 'support_tickets'], 28) }}
)

select
    attributes.account_id,
    attributes.activity_date,
    attributes.is_in_population,
    subscriptions.is_customer,
    attributes.plan,
    attributes.size_band,
    attributes.industry,
    attributes.country,
    attributes.region,
    attributes.tenure_band,
    attributes.lifecycle_stage,
    attributes.platform,
    attributes.usage_decile,
    attributes.tenure_days,
    health.status as score_status,
    health.health_score,
    health.band,
    health.confidence,
    subscriptions.mrr,
    subscriptions.seat_count,
    cast({{ days_between('attributes.activity_date', 'subscriptions.renewal_date') }} as bigint) as days_until_renewal,
    payments.overdue_days,
    case when known_days.has_product_events then activity.event_count end as event_count,
    case when known_days.has_product_events then activity.core_event_count end as core_event_count,
    case when known_days.has_product_events then activity.active_user_count end as active_user_count,
    case when known_days.has_28d_of_product_events then engagement.mau end as active_user_count_28d,
    case when known_days.has_28d_of_product_events then engagement.active_days_28d end as active_days_28d,
    case when known_days.has_product_events then engagement.days_since_last_activity end as days_since_last_activity,
    case when known_days.has_28d_of_product_events then breadth.used_feature_count end as used_feature_count_28d,
    breadth.eligible_feature_count,
    case
        when known_days.has_product_events and known_days.has_28d_of_product_times then reliability.session_count
    end as session_count_28d,
    case
        when
            known_days.has_product_events and known_days.has_28d_of_product_times
            and known_days.has_28d_of_product_error_logs and known_days.has_28d_of_product_error_persons
            then reliability.error_session_count
    end as error_session_count_28d,
    reliability.downtime_minutes as downtime_minutes_28d,
    case when known_days.has_28d_of_support_tickets then support.ticket_count end as ticket_count_28d,
    case when known_days.has_support_tickets then support.open_ticket_count end as open_ticket_count,
    nullif(nps.respondent_count, 0) as nps_respondent_count_90d,
    100.0 * (nps.promoter_count - nps.detractor_count) / nullif(nps.respondent_count, 0) as nps_90d,
    sentiments.sentiment as csm_sentiment
from attributes
inner join subscriptions using (account_id, activity_date)
inner join known_days on attributes.activity_date = known_days.date_day
left join health using (account_id, activity_date)
left join activity using (account_id, activity_date)
left join engagement using (account_id, activity_date)
left join breadth using (account_id, activity_date)
left join reliability using (account_id, activity_date)
left join support using (account_id, activity_date)
left join nps using (account_id, activity_date)
left join payments using (account_id, activity_date)
left join sentiments
    on
        attributes.account_id = sentiments.account_id
        and attributes.activity_date >= sentiments.first_date
        and attributes.activity_date < sentiments.end_date
