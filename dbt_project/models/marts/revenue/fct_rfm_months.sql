with

orders as (select * from {{ ref('int_transactions_deduplicated') }}),

months as (select * from {{ ref('int_months_closed') }}),

rates as (select * from {{ ref('int_exchange_rates_monthly') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

coverage as (select * from {{ ref('dim_source_coverage') }} where source = 'billing_transactions'),

margin_fifths as (select * from {{ ref('int_cut_points_dated') }} where measure = 'mean_order_margin'),

-- What was paid back or never went through is no order; margins are converted with the rate of their month.
kept_orders as (
    select
        orders.account_id,
        orders.ordered_date,
        case
            when orders.currency = '{{ var("reporting_currency") }}' then orders.margin
            else {{ held_amount('orders.margin * rates.rate') }}
        end as margin
    from orders
    left join rates
        on
            orders.currency = rates.currency
            and cast(date_trunc('month', orders.ordered_date) as date) = rates.rate_month
    where orders.account_id is not null and orders.status = 'paid'
),

measured as (
    select
        kept_orders.account_id,
        months.month_end,
        {{ days_between('max(kept_orders.ordered_date)', 'months.month_end') }} as recency_days,
        count(*) filter (where kept_orders.ordered_date > months.month_end - 365) as order_count_365d,
        count(kept_orders.margin) filter (where kept_orders.ordered_date > months.month_end - 365)
            as margin_order_count_365d,
        sum(kept_orders.margin) filter (where kept_orders.ordered_date > months.month_end - 365) as margin_365d,
        cast(sum(kept_orders.margin) filter (where kept_orders.ordered_date > months.month_end - 365) as double)
        / nullif(count(kept_orders.margin) filter (where kept_orders.ordered_date > months.month_end - 365), 0)
            as mean_order_margin
    from kept_orders
    inner join months on kept_orders.ordered_date <= months.month_end
    group by kept_orders.account_id, months.month_end
),

bounds as (
    select
        *,
        coalesce(lead(lower_bound) over (partition by measure order by lower_bound), 1e18) as upper_bound
    from {{ ref('rfm_cut_points') }}
),

-- The order history must be as long as the window before few orders mean few orders.
placed as (
    select
        measured.*,
        accounts.is_internal,
        coverage.first_date + 364 <= measured.month_end as is_mature,
        recencies.quintile as recency_quintile,
        frequencies.quintile as frequency_quintile,
        margin_fifths.part_number as monetary_quintile
    from measured
    inner join accounts using (account_id)
    cross join coverage
    left join bounds as recencies
        on
            recencies.measure = 'recency_days'
            and measured.recency_days >= recencies.lower_bound
            and measured.recency_days < recencies.upper_bound
    left join bounds as frequencies
        on
            frequencies.measure = 'order_count_365d'
            and measured.order_count_365d >= frequencies.lower_bound
            and measured.order_count_365d < frequencies.upper_bound
    left join margin_fifths
        on
            measured.mean_order_margin >= margin_fifths.lower_bound
            and measured.mean_order_margin < margin_fifths.upper_bound
            and measured.month_end >= margin_fifths.valid_from
            and measured.month_end < margin_fifths.valid_to
)

select
    account_id,
    month_end,
    case when is_mature then 'ok' else 'immature' end as status,
    cast(recency_days as bigint) as recency_days,
    order_count_365d,
    margin_order_count_365d,
    cast(margin_365d as decimal(18, 2)) as margin_365d,
    cast(mean_order_margin as decimal(18, 2)) as mean_order_margin,
    recency_quintile,
    case when is_mature then frequency_quintile end as frequency_quintile,
    case when is_mature then monetary_quintile end as monetary_quintile,
    is_internal
from placed
