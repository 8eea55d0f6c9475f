with

rules as (select * from {{ ref('dim_alert_rules') }} where grain in ('segment', 'portfolio') and problem is null),

metrics as (
    select * from {{ ref('fct_metrics_daily') }}
    where {{ in_rebuild_window('metric_date', look_back=var('metrics_settle_after_days')) }}
),

-- A value that waits for its outcome is known only some days after its own, within the days that are there.
dates as (select * from {{ ref('dim_dates') }} where is_built and {{ in_rebuild_window('date_day') }}),

known as (
    select
        rules.rule,
        case when rules.grain = 'portfolio' then 'all' else metrics.dimension || '=' || metrics.segment end
            as entity_id,
        metrics.metric_date + rules.known_after_days as alert_date,
        case when metrics.status = 'ok' then metrics.metric_value end as observed_value,
        rules.valid_from,
        rules.valid_to
    from metrics
    inner join rules
        on
            metrics.metric = rules.metric
            and metrics.dimension = case when rules.grain = 'portfolio' then 'all' else rules.dimension end
)

select
    known.rule,
    known.entity_id,
    known.alert_date,
    known.observed_value
from known
inner join dates on known.alert_date = dates.date_day
where known.alert_date between known.valid_from and known.valid_to
