with

health as (select * from {{ ref('fct_account_health_daily') }}),

segments as (select * from {{ ref('fct_account_segments_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

scored as (
    select
        segments.account_id,
        segments.dimension,
        segments.segment,
        cast(health.health_score as decimal(18, 9)) as health_score
    from segments
    inner join parameters on segments.activity_date = parameters.as_of_date
    inner join health
        on
            segments.account_id = health.account_id
            and segments.activity_date = health.score_date
    where
        health.health_score is not null
        and segments.dimension not in ('all', 'account')
),

means as (
    select
        dimension,
        segment,
        row_number() over (
            partition by dimension
            order by sum(health_score) / count(*), segment
        ) as health_rank,
        count(*) over (partition by dimension) as segment_count
    from scored
    where segment not in ('other', 'unknown', 'none')
    group by dimension, segment
    having count(*) >= {{ var('benchmark_minimum_accounts') }}
),

-- The segment with the lowest mean score, and the one with the highest.
pairs as (
    select
        dimension,
        max(case when health_rank = 1 then segment end) as segment,
        max(case when health_rank = segment_count then segment end) as compared_segment
    from means
    where segment_count > 1
    group by dimension
),

-- Both are cut by every other dimension: do they differ because other
-- customers are in them, or among the same ones?
cells as (
    select
        pairs.dimension,
        pairs.segment,
        pairs.compared_segment,
        others.dimension as by_dimension,
        others.segment as by_segment,
        {%- for side, segment in [('before', 'compared_segment'), ('now', 'segment')] %}
            coalesce(sum(scored.health_score) filter (where scored.segment = pairs.{{ segment }}), 0)
                as numerator_{{ side }},
            cast(count(*) filter (where scored.segment = pairs.{{ segment }}) as decimal(18, 6))
                as denominator_{{ side }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from pairs
    inner join scored
        on
            pairs.dimension = scored.dimension
            and scored.segment in (pairs.segment, pairs.compared_segment)
    inner join scored as others
        on
            scored.account_id = others.account_id
            and scored.dimension != others.dimension
    group by all
),

{{ mix_effects('cells', keys=['dimension', 'segment', 'compared_segment', 'by_dimension'], cell='by_segment') }}
