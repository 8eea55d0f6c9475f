with

sums as (select * from {{ ref('int_measure_rank_sums') }}),

correlated as (
    select
        *,
        measure_outcome_products / nullif(sqrt(measure_squares * outcome_squares), 0) as rho,
        measure_usage_products / nullif(sqrt(measure_squares * usage_squares), 0) as usage_rho,
        outcome_usage_products / nullif(sqrt(outcome_squares * usage_squares), 0) as outcome_usage_rho,
        account_count >= {{ var('association_minimum_accounts') }}
        and (
            outcome = 'health_score'
            or least(outcome_count, account_count - outcome_count) >= {{ var('association_minimum_departures') }}
        ) as has_enough
    from sums
),

tested as (
    select
        *,
        case
            when has_enough and rho is not null
                then {{ two_sided_p(
                    '(' ~ fisher_z('rho') ~ ' / sqrt(1.06 / nullif(greatest(account_count - 3, 0), 0)))'
                ) }}
        end as p_value,
        case
            when has_enough and measure != 'core_events_28d'
                then
                    (rho - usage_rho * outcome_usage_rho)
                    / nullif(
                        sqrt(
                            greatest(1 - usage_rho * usage_rho, 0)
                            * greatest(1 - outcome_usage_rho * outcome_usage_rho, 0)
                        ),
                        0
                    )
        end as partial_rho
    from correlated
),

-- Benjamini and Hochberg: of what is called notable, five in a hundred are expected to be chance.
ordered as (
    select
        *,
        count(p_value) over (partition by outcome, dimension) as test_count,
        row_number() over (
            partition by outcome, dimension
            order by p_value nulls last, measure, lag_weeks, segment
        ) as p_rank
    from tested
),

adjusted as (
    select
        *,
        min(p_value * test_count / p_rank) over (
            partition by outcome, dimension
            order by p_rank desc
            rows between unbounded preceding and current row
        ) as least_adjusted
    from ordered
),

totals as (
    select * from adjusted
    where dimension = 'all'
)

select
    adjusted.outcome,
    adjusted.lag_weeks,
    adjusted.measure,
    adjusted.dimension,
    adjusted.segment,
    case
        when not adjusted.has_enough then 'insufficient_n'
        when adjusted.rho is null then 'no_variation'
        else 'ok'
    end as status,
    adjusted.account_count,
    adjusted.outcome_count,
    case when adjusted.has_enough then adjusted.rho end as rho,
    case when adjusted.p_value is not null then {{ spearman_bound('adjusted.rho', 'adjusted.account_count', -1) }} end
        as rho_low,
    case when adjusted.p_value is not null then {{ spearman_bound('adjusted.rho', 'adjusted.account_count', 1) }} end
        as rho_high,
    adjusted.partial_rho as rho_at_equal_usage,
    adjusted.p_value,
    case when adjusted.p_value is not null then least(adjusted.least_adjusted, 1) end as adjusted_p_value,
    coalesce(adjusted.p_value is not null and adjusted.least_adjusted < 0.05, false) as is_notable,
    -- A whole that points the other way than a part of it (Simpson) must not be read as a rule for the part.
    coalesce(
        adjusted.p_value is not null
        and (
            {{ spearman_bound('adjusted.rho', 'adjusted.account_count', -1) }} > 0 and totals.rho < 0
            or {{ spearman_bound('adjusted.rho', 'adjusted.account_count', 1) }} < 0 and totals.rho > 0
        ),
        false
    ) as is_reversed,
    adjusted.snapshot_date
from adjusted
left join totals
    on
        adjusted.outcome = totals.outcome
        and adjusted.lag_weeks = totals.lag_weeks
        and adjusted.measure = totals.measure
