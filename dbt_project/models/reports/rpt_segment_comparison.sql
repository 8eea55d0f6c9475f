with

gaps as (select * from {{ ref('fct_segment_gaps') }})

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
