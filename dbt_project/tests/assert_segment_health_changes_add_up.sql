{{ config(meta={'dagster': {'ref': {'name': 'int_segment_health_changes'}}}) }}

-- The effects of every segment sum to the change of its mean score.
with

changes as (select * from {{ ref('int_segment_health_changes') }})

select
    dimension,
    segment,
    horizon_days
from changes
group by dimension, segment, horizon_days
having abs(sum(effect) - (max(mean_score_now) - max(mean_score_then))) > 1e-9
