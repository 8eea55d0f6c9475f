with

outcomes as (select * from {{ ref('fct_health_band_outcomes') }}),

backtest as (
    select * from {{ ref('fct_health_backtest') }}
    where
        dimension = 'all'
        and predictor = 'health_score'
),

led as (
    {{ leading_label() }}
),

bands as (
    select
        band,
        min(band_order) as band_order
    from {{ ref('score_bands') }}
    group by band
)

select
    outcomes.model_version_id,
    outcomes.label,
    outcomes.horizon_days,
    outcomes.label = led.label as is_leading,
    outcomes.band,
    outcomes.row_count,
    outcomes.account_count,
    outcomes.event_count,
    outcomes.event_account_count,
    outcomes.outcome_rate,
    outcomes.interval_low,
    outcomes.interval_high,
    outcomes.are_monotone,
    outcomes.are_separable,
    cast(bands.band_order as integer) as band_order,
    case
        when backtest.status != 'ok' then backtest.status
        when outcomes.are_monotone is null then 'one_band'
        when outcomes.are_separable then 'separable'
        when outcomes.are_monotone then 'in_order'
        else 'not_in_order'
    end as verdict
from outcomes
inner join backtest using (model_version_id, label, horizon_days)
inner join bands on outcomes.band = bands.band
cross join led
