with

measures as (select * from {{ ref('int_account_measures_monthly') }}),

ranked as (
    select
        *,
        {{ doubled_mean_rank('metric_value', ['snapshot_date', 'lifecycle_stage', 'measure']) }} as doubled_rank,
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
            then (doubled_rank - 2) / nullif(2.0 * (peer_count - 1), 0)
    end as percentile_among_peers
from ranked
