with

accounts as (select * from {{ ref('dim_accounts') }}),

subscription_days as (select * from {{ ref('fct_subscriptions_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

engagement as (select * from {{ ref('fct_account_engagement_daily') }}),

support as (select * from {{ ref('fct_support_28d') }}),

components as (select * from {{ ref('rpt_account_components') }}),

coverage as (select * from {{ ref('dim_source_coverage') }}),

requests as (select * from {{ ref('fct_cancel_requests') }}),

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

support_coverage as (
    select is_covered
    from coverage
    where source = 'support_tickets'
),

today as (
    select
        subscription_days.*,
        parameters.as_of_date
    from subscription_days
    inner join parameters on subscription_days.activity_date = parameters.as_of_date
    where subscription_days.is_customer
),

-- Who has several subscriptions goes with the last of them.
leaving as (
    select
        requests.account_id,
        max(requests.takes_effect_on) as leaves_on
    from requests
    inner join parameters
        on
            requests.requested_date <= parameters.as_of_date
            and requests.takes_effect_on > parameters.as_of_date
    group by requests.account_id
),

-- An export tells of a pause only that it is, so it is known of today only.
pausing as (
    select
        subscriptions.account_id,
        bool_and(subscriptions.is_paused) as is_paused
    from subscriptions
    inner join parameters on parameters.as_of_date between subscriptions.first_date and subscriptions.end_date - 1
    group by subscriptions.account_id
),

-- What costs the most points is the first thing to talk about.
main_losses as (
    select
        account_id,
        label as main_reason,
        component as main_component
    from components
    where loss_rank = 1
)

select
    today.account_id,
    accounts.account_name,
    accounts.plan,
    accounts.crm_plan,
    accounts.industry,
    accounts.country,
    accounts.size_band,
    accounts.csm_id,
    health.lifecycle_stage,
    health.band,
    health.status as score_status,
    main_losses.main_component,
    main_losses.main_reason,
    health.health_score,
    earlier_health.health_score as health_score_28_days_before,
    health.health_score - earlier_health.health_score as health_score_change,
    health.confidence,
    today.mrr,
    today.seat_count,
    engagement.mau,
    engagement.active_days_28d,
    engagement.days_since_last_activity,
    case when support_coverage.is_covered then support.ticket_count end as tickets_28d,
    coalesce(pausing.is_paused, false) as is_paused,
    today.is_cancelling,
    today.renewal_date,
    case when today.is_cancelling then leaving.leaves_on end as leaves_on,
    engagement.last_active_date,
    today.as_of_date
from today
inner join accounts using (account_id)
cross join support_coverage
left join health on today.account_id = health.account_id and today.as_of_date = health.score_date
left join health as earlier_health
    on
        today.account_id = earlier_health.account_id
        and today.as_of_date = earlier_health.score_date + 28
left join engagement
    on
        today.account_id = engagement.account_id
        and today.as_of_date = engagement.activity_date
left join support
    on
        today.account_id = support.account_id
        and today.as_of_date = support.activity_date
left join pausing on today.account_id = pausing.account_id
left join leaving on today.account_id = leaving.account_id
left join main_losses on today.account_id = main_losses.account_id
where not accounts.is_internal
