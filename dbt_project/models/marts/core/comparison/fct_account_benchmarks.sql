with

measures as (select * from {{ ref('fct_account_measures_monthly') }}),

ranked as (
    select
        *,
        rank() over (
            partition by snapshot_date, lifecycle_stage, measure
            order by metric_value
        ) as lowest_rank,
        count(*) over (partition by snapshot_date, lifecycle_stage, measure, metric_value) as equal_count,
        count(*) over (partition by snapshot_date, lifecycle_stage, measure) as peer_count
    from measures
)

-- Half of those with the same value are counted as below: (mean rank - 1) / (n - 1).
select
    account_id,
    month,
    snapshot_date,
    lifecycle_stage,
    measure,
    metric_value,
    peer_count,
    case
        when peer_count >= {{ var('benchmark_minimum_accounts') }}
            then (lowest_rank - 1 + (equal_count - 1) / 2.0) / cast(nullif(peer_count - 1, 0) as double)
    end as percentile_among_peers
from ranked
