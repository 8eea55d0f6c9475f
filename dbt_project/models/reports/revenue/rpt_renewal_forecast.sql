with

opportunities as (select * from {{ ref('int_renewal_opportunities') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

near as (
    select
        opportunities.*,
        opportunities.is_told and opportunities.outcome in ('won', 'open') as is_counted,
        opportunities.outcome = 'open' and opportunities.close_date <= parameters.as_of_date as is_overdue
    from opportunities
    cross join parameters
    where {{ days_between('parameters.as_of_date', 'opportunities.close_date') }} between -366 and 366
)

-- target = won + expected + not_expected + lost, and what exceeds a target is in none of them.
select
    cast(date_trunc('quarter', close_date) as date) as quarter_start,
    count(*) as renewal_count,
    count(*) filter (where not is_told) as untold_count,
    count(*) filter (where is_told and is_overdue) as overdue_count,
    cast(sum(target) filter (where is_told) as decimal(18, 2)) as target,
    cast(sum(least(amount, target)) filter (where is_told and outcome = 'won') as decimal(18, 2)) as won,
    cast(sum(least(amount, target)) filter (where is_told and outcome = 'open') as decimal(18, 2)) as expected,
    cast(sum(greatest(target - amount, 0)) filter (where is_counted) as decimal(18, 2)) as not_expected,
    cast(sum(target) filter (where is_told and outcome = 'lost') as decimal(18, 2)) as lost,
    cast(sum(greatest(amount - target, 0)) filter (where is_counted) as decimal(18, 2)) as excess,
    cast(sum(least(amount, target)) filter (where is_counted) as double)
    / nullif(sum(target) filter (where is_told), 0) as forecast_rate
from near
group by date_trunc('quarter', close_date)
