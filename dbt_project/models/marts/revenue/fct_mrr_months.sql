with

months as (select * from {{ ref('int_months_closed') }}),

starts as (select * from {{ ref('int_account_revenue_starts') }}),

amounts as (select * from {{ ref('int_account_amounts_converted') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

completions as (
    select distinct
        account_id,
        cast(date_trunc('month', spell_end) as date) as month_start
    from {{ ref('int_paid_spells_merged') }}
    where is_completed
),

-- Every month from the first service on; a month end without service is worth zero, and one whose price or
-- rate is not known is worth nothing that anybody knows.
valued as (
    select
        starts.account_id,
        months.month_start,
        months.month_end,
        coalesce(starts.first_paid_date > months.previous_month_end, true) as is_first,
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
    from starts
    inner join accounts using (account_id)
    inner join months on starts.first_service_date <= months.month_end
    left join completions
        on
            starts.account_id = completions.account_id
            and months.month_start = completions.month_start
    left join amounts as openings
        on
            starts.account_id = openings.account_id
            and months.previous_month_end = openings.month_end
            and months.previous_month_end = openings.rate_month_end
    left join amounts as revalued
        on
            starts.account_id = revalued.account_id
            and months.previous_month_end = revalued.month_end
            and months.month_end = revalued.rate_month_end
    left join amounts as closings
        on
            starts.account_id = closings.account_id
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
