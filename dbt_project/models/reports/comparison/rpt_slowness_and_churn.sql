with

strata as (select * from {{ ref('int_slowness_strata') }}),

least_exposed as (
    select * from strata
    where quartile = 1
),

-- Mantel and Haenszel: the risk of a quartile against the first, compared within each stratum and then weighed.
weighed as (
    select
        strata.quartile,
        count(*) as stratum_count,
        sum(strata.account_month_count) as account_month_count,
        sum(strata.left_count) as left_count,
        min(strata.lowest_share) as lowest_share,
        max(strata.highest_share) as highest_share,
        sum(
            cast(
                strata.left_count * least_exposed.account_month_count
                / cast(strata.account_month_count + least_exposed.account_month_count as double)
                as decimal(18, 9)
            )
        ) as exposed_products,
        sum(
            cast(
                least_exposed.left_count * strata.account_month_count
                / cast(strata.account_month_count + least_exposed.account_month_count as double)
                as decimal(18, 9)
            )
        ) as unexposed_products
    from strata
    inner join least_exposed
        on
            strata.plan = least_exposed.plan
            and strata.tenure_band = least_exposed.tenure_band
    group by strata.quartile
),

rates as (
    select
        *,
        left_count / nullif(cast(account_month_count as double), 0) as churn_rate
    from weighed
)

select
    quartile,
    stratum_count,
    cast(account_month_count as bigint) as account_month_count,
    cast(left_count as bigint) as left_count,
    churn_rate,
    {{ wilson_bound('churn_rate', 'cast(account_month_count as double)', -1) }} as churn_rate_low,
    {{ wilson_bound('churn_rate', 'cast(account_month_count as double)', 1) }} as churn_rate_high,
    case when quartile > 1 then cast(exposed_products as double) / nullif(cast(unexposed_products as double), 0) end
        as stratified_risk_ratio,
    lowest_share,
    highest_share
from rates
