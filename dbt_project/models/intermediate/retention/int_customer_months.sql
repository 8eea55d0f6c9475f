with

spells as (select * from {{ ref('int_paid_spells_merged') }}),

months as (select * from {{ ref('int_churn_months_completed') }}),

subscriptions as (select * from {{ ref('int_paid_subscriptions_dated') }}),

lifetimes as (select * from {{ ref('fct_customer_lifetimes') }}),

churns as (select * from {{ ref('fct_churns') }}),

revenue as (select * from {{ ref('int_account_mrr_revalued_monthly') }}),

-- Customers of the evening before the month, and those who came or came back in it.
customer_months as (
    select
        spells.account_id,
        months.month_end,
        months.opening_date,
        months.matures_on,
        months.is_mature,
        bool_or(spells.spell_start <= months.opening_date) as was_customer,
        bool_or(spells.spell_end > months.month_end) as stayed,
        max_by(spells.is_completed, spells.spell_number) as ran_out,
        min(spells.spell_number) = 1 and min(spells.spell_start) > months.opening_date as is_new,
        bool_or(spells.spell_number > 1 and spells.spell_start > months.opening_date) as is_resurrected
    from spells
    inner join months
        on
            spells.spell_start <= months.month_end
            and spells.spell_end > months.opening_date
    group by spells.account_id, months.month_end, months.opening_date, months.matures_on, months.is_mature
),

-- A customer inside a gap of the grace is grouped as on the last day of service.
last_days as (
    select
        customer_months.account_id,
        customer_months.month_end,
        max(least(
            subscriptions.end_date - 1,
            case when customer_months.was_customer then customer_months.opening_date else customer_months.month_end end
        )) as grouped_on
    from customer_months
    inner join subscriptions
        on
            customer_months.account_id = subscriptions.account_id
            and subscriptions.paid_from <= case
                when customer_months.was_customer then customer_months.opening_date
                else customer_months.month_end
            end
    group by customer_months.account_id, customer_months.month_end
),

reasons as (
    select
        customer_months.account_id,
        customer_months.month_end,
        max_by(churns.reason_kind, churns.churn_date) as reason_kind
    from customer_months
    inner join churns
        on
            customer_months.account_id = churns.account_id
            and customer_months.opening_date < churns.churn_date
            and customer_months.month_end >= churns.churn_date
    group by customer_months.account_id, customer_months.month_end
)

select
    customer_months.account_id,
    customer_months.month_end,
    last_days.grouped_on,
    case
        when
            customer_months.is_mature and customer_months.was_customer and not customer_months.stayed
            and not customer_months.ran_out
            then reasons.reason_kind
    end as churn_reason_kind,
    coalesce(revenue.opening_mrr, case when revenue.account_id is null then 0 end) as opening_mrr,
    coalesce(revenue.closing_mrr, case when revenue.account_id is null then 0 end) as closing_mrr,
    customer_months.was_customer,
    {%- for column, ran_out in {
        'has_churned': 'not customer_months.ran_out', 'has_completed': 'customer_months.ran_out',
    }.items() %}
        case
            when customer_months.is_mature
                then customer_months.was_customer and not customer_months.stayed and {{ ran_out }}
        end as {{ column }},
    {%- endfor %}
    customer_months.is_new,
    customer_months.is_resurrected,
    customer_months.matures_on
from customer_months
inner join last_days using (account_id, month_end)
inner join lifetimes using (account_id)
left join reasons using (account_id, month_end)
left join revenue using (account_id, month_end)
