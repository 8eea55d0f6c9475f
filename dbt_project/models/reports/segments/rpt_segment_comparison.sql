with

gaps as (select * from {{ ref('int_segment_gaps') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

health as (select * from {{ ref('fct_account_health_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

summed as (
    select
        segments.dimension,
        segments.segment,
        count(*) as scored_count,
        sum(cast(health.health_score as decimal(18, 6))) as scores,
        sum(cast(health.health_score as decimal(19, 6)) * cast(health.health_score as decimal(18, 6))) as squares
    from segments
    inner join parameters on segments.activity_date = parameters.as_of_date
    inner join health
        on
            segments.account_id = health.account_id
            and segments.activity_date = health.score_date
    where health.health_score is not null
    group by segments.dimension, segments.segment
),

-- Variance of the mean of each segment.
spreads as (
    select
        dimension,
        segment,
        (cast(squares as double) - cast(scores as double) * cast(scores as double) / scored_count)
        / nullif(scored_count - 1, 0) / scored_count as mean_variance
    from summed
),

effects as (
    select
        dimension,
        by_dimension,
        segment,
        compared_segment,
        cast(sum(denominator_now) as bigint) as scored_account_count,
        cast(sum(denominator_before) as bigint) as compared_scored_account_count,
        max(whole_now) as mean_health_score,
        max(whole_before) as compared_mean_health_score,
        max(whole_change) as health_score_gap,
        cast(sum(cast(mix_effect as decimal(18, 12))) as double) as mix_effect,
        cast(sum(cast(rate_effect as decimal(18, 12))) as double) as rate_effect
    from gaps
    group by dimension, by_dimension, segment, compared_segment
)

-- The interval is that of one comparison; of the lowest with the highest of many, some gap is always found.
select
    effects.dimension,
    effects.by_dimension,
    effects.segment,
    effects.compared_segment,
    effects.scored_account_count,
    effects.compared_scored_account_count,
    row_number() over (
        partition by effects.dimension
        order by abs(effects.mix_effect) desc, effects.by_dimension
    ) as mix_rank,
    effects.mean_health_score,
    effects.compared_mean_health_score,
    effects.health_score_gap,
    effects.health_score_gap - {{ half_width_95() }} * sqrt(lowest.mean_variance + highest.mean_variance) as gap_low,
    effects.health_score_gap + {{ half_width_95() }} * sqrt(lowest.mean_variance + highest.mean_variance) as gap_high,
    effects.mix_effect,
    effects.rate_effect
from effects
left join spreads as lowest
    on
        effects.dimension = lowest.dimension
        and effects.segment = lowest.segment
left join spreads as highest
    on
        effects.dimension = highest.dimension
        and effects.compared_segment = highest.segment
