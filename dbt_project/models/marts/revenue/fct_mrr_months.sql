with

months as (select * from {{ ref('int_months_closed') }}),

subscriptions as (select * from {{ ref('int_subscriptions_dated') }}),

items as (select * from {{ ref('int_subscription_items_dated') }}),

amounts as (select * from {{ ref('int_account_amounts_converted') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

completed_spells as (select * from {{ ref('int_paid_spells_merged') }} where is_completed),

completions as (
    select distinct
        account_id,
        cast(date_trunc('month', spell_end) as date) as month_start
    from completed_spells
),

services as (
    select
        account_id,
        min(first_date) as first_service_date
    from subscriptions
    group by account_id
),

-- First ever is asked of the whole history, not of the month ends alone.
first_payments as (
    select
        account_id,
        min(greatest(first_date, trial_end_date)) as first_paid_date
    from items
    where monthly_amount > 0 and greatest(first_date, trial_end_date) < end_date
    group by account_id
),

-- Every month from the first service on; a month end without service is worth zero, and one whose price or
-- rate is not known is worth nothing that anybody knows.
valued as (
    select
        services.account_id,
        months.month_start,
        months.month_end,
        coalesce(first_payments.first_paid_date > months.previous_month_end, true) as is_first,
        case
            when 'no_price' in (openings.status, revalued.status, closings.status) then 'no_price'
            when 'no_rate' in (openings.status, revalued.status, closings.status) then 'no_rate'
            else 'ok'
        end as status,
        case when openings.account_id is null then 0 else openings.amount end as opening,
        case when revalued.account_id is null then 0 else revalued.amount end as revalued_opening,
        case when closings.account_id is null then 0 else closings.amount end as closing,
        closings.account_id is not null as is_customer,
        completions.account_id is not null as has_completed,
        coalesce(closings.is_comped, false) as is_comped,
        accounts.is_internal
    from services
    inner join accounts using (account_id)
    inner join months on services.first_service_date <= months.month_end
    left join completions
        on
            services.account_id = completions.account_id
            and months.month_start = completions.month_start
    left join first_payments on services.account_id = first_payments.account_id
    left join amounts as openings
        on
            services.account_id = openings.account_id
            and months.previous_month_end = openings.month_end
            and months.previous_month_end = openings.rate_month_end
    left join amounts as revalued
        on
            services.account_id = revalued.account_id
            and months.previous_month_end = revalued.month_end
            and months.month_end = revalued.rate_month_end
    left join amounts as closings
        on
            services.account_id = closings.account_id
            and months.month_end = closings.month_end
            and months.month_end = closings.rate_month_end
),

-- Churn is asked before contraction, and a return before expansion.
moved as (
    select
        *,
        closing - revalued_opening as change,
        case
            when status != 'ok' then 'not_known'
            when opening = 0 and closing > 0 and is_first then 'new'
            when opening = 0 and closing > 0 then 'reactivation'
            when opening > 0 and closing = 0 then 'churn'
            when closing > revalued_opening then 'expansion'
            when closing < revalued_opening then 'contraction'
            else 'none'
        end as movement
    from valued
)

select
    account_id,
    month_start,
    month_end,
    movement,
    movement = 'churn' and has_completed as is_completion,
    status,
    cast(opening as decimal(18, 2)) as opening,
    {%- for kind in ['new', 'reactivation', 'expansion', 'contraction', 'churn'] %}
        cast(case
            when status = 'ok' then case when movement = '{{ kind }}' then abs(change) else 0 end
        end as decimal(18, 2)) as {{ kind }},
    {%- endfor %}
    cast(case when status = 'ok' then revalued_opening - opening end as decimal(18, 2)) as fx,
    cast(closing as decimal(18, 2)) as closing,
    is_customer,
    is_comped,
    is_internal
from moved
