{%- set days_back = var('change_horizons') | max -%}
with

components as (select * from {{ ref('fct_account_health_components_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

compared as (
    select
        score_date,
        horizon_days = 0 as is_now
    from {{ ref('int_health_compared_days') }}
    where horizon_days in (0, {{ days_back }})
),

scores as (
    select
        components.component,
        compared.is_now,
        components.component_score as score
    from health
    inner join compared using (score_date)
    inner join components
        on
            health.account_id = components.account_id
            and health.components_date = components.score_date
    where components.component_score is not null
    union all
    select
        'health_score',
        compared.is_now,
        health.health_score
    from health
    inner join compared using (score_date)
    where health.health_score is not null
),

-- Ten bins of ten points, fixed so that no bin moves with what is measured.
binned as (
    select
        component,
        least(cast(floor(score / 10) as integer), 9) as bin,
        count(*) filter (where is_now) as now_count,
        count(*) filter (where not is_now) as then_count
    from scores
    group by component, least(cast(floor(score / 10) as integer), 9)
),

shares as (
    select
        component,
        -- An empty bin counts half an account, as its logarithm would be infinite.
        greatest(now_count, 0.5) / sum(now_count) over whole as now_share,
        greatest(then_count, 0.5) / sum(then_count) over whole as then_share,
        count(*) over whole as bin_count,
        sum(now_count) over whole as account_count,
        sum(then_count) over whole as account_count_then
    from binned
    window whole as (partition by component)
),

-- The population stability index, and what chance alone would bring: Yurdakul 2018. Of few accounts and twenty
-- components the average of chance is passed by chance.
measured as (
    select
        component,
        cast(max(account_count) as bigint) as account_count,
        cast(max(account_count_then) as bigint) as account_count_then,
        cast(
            sum(cast((now_share - then_share) * ln(now_share / then_share) as decimal(18, 12))) as double
        ) as stability_index,
        max(bin_count) - 1 as degrees,
        1 / cast(max(account_count) as double) + 1 / cast(max(account_count_then) as double) as chance_of_one
    from shares
    where account_count > 0 and account_count_then > 0
    group by component
)

select
    measured.component,
    compared.score_date as compared_date,
    measured.account_count,
    measured.account_count_then,
    measured.stability_index,
    measured.degrees * measured.chance_of_one as index_by_chance,
    measured.stability_index > {{ var('shifted_stability_index') }} + measured.degrees * measured.chance_of_one
    and measured.stability_index
    > measured.chance_of_one * {{ chi_square_once_in_1_000('nullif(measured.degrees, 0)') }} as is_shifted
from measured
inner join compared on not compared.is_now
