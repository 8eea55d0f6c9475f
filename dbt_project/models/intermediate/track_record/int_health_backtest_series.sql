with

groups as (select * from {{ ref('int_health_backtest_groups') }}),

observations as (select * from {{ ref('int_backtest_observations') }}),

group_names as (
    select distinct
        group_number,
        model_version_id,
        dimension,
        segment
    from groups
),

predictions as (
    select distinct
        predictor,
        label,
        horizon_days
    from observations
)

-- Sorting millions of observations by one number takes a fraction of sorting them by what it stands for.
select
    group_names.group_number,
    group_names.model_version_id,
    group_names.dimension,
    group_names.segment,
    predictions.predictor,
    predictions.label,
    predictions.horizon_days,
    cast(row_number() over (
        order by group_names.group_number, predictions.predictor, predictions.label, predictions.horizon_days
    ) as integer) as series_number
from group_names
cross join predictions
-- What a segment is asked about is less than what the total is.
where group_names.dimension = 'all' or predictions.predictor in ('health_score', 'recency')
