with

measurements as (select * from {{ ref('int_health_measurements_daily') }}),

account_days as (select * from {{ ref('int_scored_account_days') }}),

components as (select * from {{ ref('score_components') }}),

quarter as (select * from {{ ref('rpt_reference_quarter') }}),

-- A look at every Monday of the quarter, as whoever sleeps is measured on Mondays. Nobody is measured by those who do nothing: the
-- percentiles that a curve is made of are of accounts that did something.
looked_at as (
    select
        measurements.account_id,
        measurements.component,
        account_days.size_band,
        measurements.metric_value,
        measurements.numerator,
        measurements.denominator,
        components.curve = 'reference' as is_curve,
        components.prior_weight > 0 as is_rate
    from measurements
    inner join account_days using (account_id, score_date)
    inner join components using (model_version_id, component)
    inner join quarter
        on
            measurements.score_date >= quarter.first_date
            and measurements.score_date <= quarter.last_date
    where
        measurements.status = 'ok'
        and measurements.sample_size >= coalesce(components.minimum_n, 0)
        and (components.curve != 'reference' or measurements.metric_value > 0)
        and cast(date_trunc('week', measurements.score_date) as date) = measurements.score_date
),

peers as (
    select
        *,
        'all' as segment
    from looked_at
    union all
    select
        *,
        size_band as segment
    from looked_at
    where is_curve and size_band != 'unknown'
)

select
    peers.component,
    peers.segment,
    count(*) as value_count,
    count(distinct peers.account_id) as account_count,
    {%- for column, share in [('p10', 0.1), ('p25', 0.25), ('p50', 0.5), ('p75', 0.75), ('p90', 0.9)] %}
        round({{ percentile('peers.metric_value', share) }}, 4) as {{ column }},
    {%- endfor %}
    round(case when bool_and(peers.is_rate) then sum(peers.numerator) / sum(peers.denominator) end, 4) as prior_value,
    max(quarter.last_date) + 1 as valid_from
from peers
cross join quarter
group by peers.component, peers.segment
order by peers.component, peers.segment
