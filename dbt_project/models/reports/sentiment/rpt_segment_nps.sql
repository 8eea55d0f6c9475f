with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

intervals as (
    select * from {{ ref('int_survey_intervals') }}
    where measure = 'nps_answers'
),

surveys as (select * from {{ ref('fct_surveys') }}),

invites as (select * from {{ ref('fct_survey_invites') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

-- A wave is a month in which invitations were sent, or answers came where no invitation is known.
waves as (
    select
        segments.dimension,
        segments.segment,
        max(intervals.placed_date) as newest_answer_date,
        count(distinct date_trunc('month', coalesce(invites.sent_date, intervals.placed_date))) as wave_count
    from intervals
    inner join parameters
        on intervals.counted_from <= parameters.as_of_date and intervals.counted_to > parameters.as_of_date
    inner join segments on intervals.account_id = segments.account_id and intervals.placed_date = segments.activity_date
    inner join surveys on intervals.answer_or_invite_id = surveys.response_id
    left join invites on surveys.invite_id = invites.invite_id
    group by segments.dimension, segments.segment
)

select
    metrics.dimension,
    metrics.segment,
    metrics.status,
    metrics.metric_value as nps,
    metrics.interval_low,
    metrics.interval_high,
    cast(metrics.sample_size as bigint) as answer_count,
    waves.newest_answer_date,
    coalesce(waves.wave_count, 0) as wave_count
from metrics
inner join parameters on metrics.metric_date = parameters.as_of_date
left join waves on metrics.dimension = waves.dimension and metrics.segment = waves.segment
where metrics.metric = 'nps_90d' and metrics.status != 'source_unavailable'
