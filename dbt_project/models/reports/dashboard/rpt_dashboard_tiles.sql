{#- What is asked of the portfolio itself; every other tile is a metric. -#}
{%- set of_the_portfolio = [
    'customer_count', 'mrr', 'health_score_by_mrr', 'at_risk_count', 'at_risk_mrr', 'healthy_rate',
] -%}

with

tiles as (select * from {{ ref('dashboard_tiles') }} where is_shown),

parameters as (select * from {{ ref('stg_run__parameters') }}),

account_days as (select * from {{ ref('fct_account_daily') }} where is_in_population),

metrics as (select * from {{ ref('fct_metrics_daily') }} where dimension = 'all' and status = 'ok'),

-- The days that tiles compare with: thirteen weeks back, and a year.
weeks as (
    select
        parameters.as_of_date - 7 * numbered.number as tile_date,
        numbered.number as weeks_before
    from parameters
    cross join {{ number_series('0', '52') }} as numbered
    where numbered.number <= 13 or numbered.number = 52
),

portfolio as (
    select
        weeks.weeks_before,
        count(*) as customer_count,
        sum(account_days.mrr) as mrr,
        {{ sum_weighed_by_amount('account_days.health_score', 'account_days.mrr') }}
        / nullif(sum(case when account_days.health_score is not null then account_days.mrr end), 0)
            as health_score_by_mrr,
        case
            when count(account_days.health_score) > 0 then count(*) filter (where account_days.band = 'at_risk')
        end as at_risk_count,
        case
            when count(account_days.health_score) > 0
                then {{ known_sum('account_days.mrr', "account_days.band = 'at_risk'") }}
        end as at_risk_mrr,
        count(*) filter (where account_days.band = 'healthy')
        / nullif(cast(count(account_days.health_score) as double), 0) as healthy_rate
    from weeks
    inner join account_days on weeks.tile_date = account_days.activity_date
    group by weeks.weeks_before
),

-- A metric of months holds until the next one is finished; one of more than a quarter ago is no comparison.
of_the_metrics as (
    select
        metrics.metric as tile,
        weeks.weeks_before,
        metrics.metric_value as tile_value
    from weeks
    inner join metrics
        on
            weeks.tile_date >= metrics.metric_date
            and weeks.tile_date - 92 < metrics.metric_date
    inner join tiles on metrics.metric = tiles.tile
    where
        metrics.metric not in (
            {%- for name in of_the_portfolio %}
                '{{ name }}'{% if not loop.last %},{% endif %}
            {%- endfor %}
        )
    qualify row_number() over (partition by metrics.metric, weeks.weeks_before order by metrics.metric_date desc) = 1
),

measured as (
    select * from of_the_metrics
    {%- for name in of_the_portfolio %}
        union all
        select
            '{{ name }}' as tile,
            weeks_before,
            cast({{ name }} as double) as tile_value
        from portfolio
    {%- endfor %}
)

select
    tiles.tile,
    weeks.weeks_before,
    tiles.label,
    tiles.unit,
    tiles.page,
    tiles.tile_order,
    weeks.tile_date,
    measured.tile_value,
    max(measured.tile_value) filter (where weeks.weeks_before = 0) over (partition by tiles.tile)
    - measured.tile_value as change_since
from tiles
cross join weeks
left join measured
    on
        tiles.tile = measured.tile
        and weeks.weeks_before = measured.weeks_before
