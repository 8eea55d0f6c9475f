{{ config(meta={'dagster': {'ref': {'name': 'int_segment_health_changes_weekly'}}}) }}

-- The effects of every segment sum to the change of its mean score, on every Monday that is built.
with

changes as (
    select * from {{ ref('int_segment_health_changes_weekly') }}
    where score_date >= {{ rebuild_from() }}
)

select
    score_date,
    dimension,
    segment,
    horizon_days
from changes
group by score_date, dimension, segment, horizon_days
having abs(sum(effect) - (max(mean_score_now) - max(mean_score_then))) > 1e-9
