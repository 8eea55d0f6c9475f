with

measurements as (select * from {{ ref('fct_health_measurements_daily') }}),

account_days as (select * from {{ ref('fct_scored_account_days') }}),

components as (select * from {{ ref('score_components') }}),

reference_values as (select * from {{ ref('score_references') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- Thirteen month-long looks at the accounts that the component scores, so that one month is not the yardstick.
looked_at as (
    select
        measurements.component,
        account_days.size_band,
        measurements.metric_value
    from measurements
    inner join account_days using (account_id, score_date)
    inner join components using (model_version_id, component)
    cross join parameters
    where
        measurements.status = 'ok'
        and measurements.score_date > parameters.as_of_date - 364
        and mod({{ days_between('measurements.score_date', 'parameters.as_of_date') }}, 28) = 0
),

peers as (
    select
        component,
        'all' as segment,
        metric_value
    from looked_at
    union all
    select
        component,
        size_band as segment,
        metric_value
    from looked_at
),

proposed as (
    select
        component,
        segment,
        count(*) as value_count,
        {%- for column, share in [('p10', 0.1), ('p25', 0.25), ('p50', 0.5), ('p75', 0.75), ('p90', 0.9)] %}
            round({{ percentile('metric_value', share) }}, 4) as {{ column }}
            {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from peers
    group by component, segment
)

-- What is frozen now stands beside what would be frozen today; a segment that is not in the seed is left out.
select
    reference_values.component,
    reference_values.segment,
    proposed.value_count,
    {%- for column in ['p10', 'p25', 'p50', 'p75', 'p90'] %}
        reference_values.{{ column }} as {{ column }}_now,
        proposed.{{ column }} as {{ column }}_proposed,
    {%- endfor %}
    parameters.as_of_date
from reference_values
cross join parameters
left join proposed using (component, segment)
order by reference_values.component, reference_values.segment
