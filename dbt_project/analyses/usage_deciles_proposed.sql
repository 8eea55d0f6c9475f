with

usage as (select * from {{ ref('fct_account_usage_28d') }}),

attributes as (select * from {{ ref('fct_account_attributes_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

usage_deciles as (select * from {{ ref('usage_deciles') }}),

-- Thirteen month-long looks at the customers, so that one month is not the yardstick.
counted as (
    select usage.core_events_28d
    from usage
    inner join attributes using (account_id, activity_date)
    cross join parameters
    where
        attributes.is_in_population
        and attributes.usage_decile != 'unknown'
        and usage.activity_date > parameters.as_of_date - 364
        and mod({{ days_between('usage.activity_date', 'parameters.as_of_date') }}, 28) = 0
),

proposed as (
    {%- for decile in range(2, 11) %}
        select
            {{ decile }} as usage_decile,
            {{ percentile('core_events_28d', (decile - 1) / 10) }} as proposed_lower_bound
        from counted
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

select
    usage_deciles.usage_decile,
    usage_deciles.lower_bound,
    coalesce(round(proposed.proposed_lower_bound), 0) as proposed_lower_bound
from usage_deciles
left join proposed on usage_deciles.usage_decile = proposed.usage_decile
order by usage_deciles.usage_decile
