with

samples as (select * from {{ ref('stg_product__performance_logs') }}),

repeated as (
    select sample_id
    from samples
    group by sample_id
    having count(*) > 1
),

-- Only what was delivered more than once is sorted; sorting everything costs far more.
deliveries as (
    select
        samples.*,
        repeated.sample_id is not null as is_repeated
    from samples
    left join repeated using (sample_id)
)

select
    sample_id,
    account_id,
    route,
    measurement,
    value_seconds,
    sample_rate,
    is_success,
    measured_at
from deliveries
where
    rejection_reason is null
    and {{ happened_by_as_of('measured_at') }}
    and not is_repeated

union all

select
    sample_id,
    account_id,
    route,
    measurement,
    value_seconds,
    sample_rate,
    is_success,
    measured_at
from deliveries
where
    rejection_reason is null
    and {{ happened_by_as_of('measured_at') }}
    and is_repeated
qualify {{ is_latest(['sample_id'], []) }}
