with

ledger as (select * from {{ ref('fct_mrr_months') }} where movement = 'churn'),

churns as (select * from {{ ref('fct_churns') }} where end_kind = 'churned'),

days as (select * from {{ ref('fct_subscriptions_daily') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

-- A price that falls to nothing is lost revenue too, though service goes on: lost on the day after the last paid one.
last_paid as (
    select
        ledger.account_id,
        ledger.month_end,
        max(days.activity_date) + 1 as lost_on
    from ledger
    inner join days
        on
            ledger.account_id = days.account_id
            and ledger.month_end >= days.activity_date
            and days.mrr > 0
    group by ledger.account_id, ledger.month_end
),

ended as (
    select
        ledger.account_id,
        ledger.month_end,
        max(churns.service_ended_date) as service_ended_date
    from ledger
    inner join churns
        on
            ledger.account_id = churns.account_id
            and ledger.month_start <= churns.service_ended_date
            and ledger.month_end >= churns.service_ended_date
    group by ledger.account_id, ledger.month_end
),

booked as (
    select
        ledger.account_id,
        ledger.month_end,
        least(coalesce(ended.service_ended_date, last_paid.lost_on, ledger.month_end), ledger.month_end) as lost_on,
        ended.service_ended_date,
        ledger.churn as mrr_lost,
        ledger.is_completion and ended.service_ended_date is null as is_completion
    from ledger
    left join ended using (account_id, month_end)
    left join last_paid using (account_id, month_end)
),

-- Customers lost whom no month end has seen pay, or of a month that is not over, stand beside the ledger.
lost as (
    select * from booked
    union all
    select
        churns.account_id,
        cast(null as date) as month_end,
        churns.service_ended_date as lost_on,
        churns.service_ended_date,
        cast(null as decimal(18, 2)) as mrr_lost,
        false as is_completion
    from churns
    left join booked
        on
            churns.account_id = booked.account_id
            and churns.service_ended_date = booked.service_ended_date
    where booked.account_id is null
)

-- What was said after somebody had asked to leave warned of nothing, and what was said long before is another story.
select
    lost.account_id,
    lost.lost_on,
    lost.month_end,
    lost.mrr_lost,
    churns.mrr_before,
    lost.is_completion,
    accounts.is_internal,
    coalesce(churns.reason_kind, 'unknown') as reason_kind,
    least(coalesce(churns.cancel_requested_date, lost.lost_on), lost.lost_on) as decided_on,
    greatest(
        least(coalesce(churns.cancel_requested_date, lost.lost_on), lost.lost_on)
        - {{ var('detection_look_back_days') }},
        coalesce(lag(lost.lost_on) over (partition by lost.account_id order by lost.lost_on), date '0001-01-01')
    ) as watched_from
from lost
inner join accounts using (account_id)
left join churns
    on
        lost.account_id = churns.account_id
        and lost.service_ended_date = churns.service_ended_date
