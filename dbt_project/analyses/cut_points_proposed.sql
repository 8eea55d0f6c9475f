with

usage as (select * from {{ ref('int_account_usage_28d') }}),

attributes as (select * from {{ ref('int_account_attributes_daily') }}),

orders as (select * from {{ ref('fct_rfm_months') }}),

quarter as (select * from {{ ref('rpt_reference_quarter') }}),

measured as (
    select
        'core_events_28d' as measure,
        usage.account_id,
        cast(usage.core_events_28d as double) as measured_value
    from usage
    inner join attributes using (account_id, activity_date)
    inner join quarter on usage.activity_date >= quarter.first_date and usage.activity_date <= quarter.last_date
    where
        attributes.is_in_population
        and attributes.tenure_days >= 28
        and mod({{ days_between('usage.activity_date', 'quarter.last_date') }}, 7) = 0
    union all
    select
        'mean_order_margin' as measure,
        orders.account_id,
        cast(orders.mean_order_margin as double) as measured_value
    from orders
    inner join quarter on orders.month_end >= quarter.first_date and orders.month_end <= quarter.last_date
    where orders.status = 'ok' and orders.mean_order_margin is not null and not orders.is_internal
),

bounds as (
    {%- for measure, parts, lowest in [('core_events_28d', 10, 0), ('mean_order_margin', 5, -1000000000)] %}
        {%- for part in range(1, parts + 1) %}
            select
                measure,
                {{ part }} as part_number,
                count(*) as value_count,
                count(distinct account_id) as account_count,
                {{ lowest if part == 1 else 'round(' ~ percentile('measured_value', (part - 1) / parts) ~ ')' }}
                    as lower_bound
            from measured
            where measure = '{{ measure }}'
            group by measure
            {% if not loop.last %}union all{% endif %}
        {%- endfor %}
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
)

-- Where many are alike, parts that would begin at one value are one part.
select
    bounds.measure,
    bounds.part_number,
    bounds.value_count,
    bounds.account_count,
    cast(bounds.lower_bound as double) as lower_bound,
    quarter.last_date + 1 as valid_from
from bounds
cross join quarter
qualify
    coalesce(
        bounds.lower_bound
        > max(bounds.lower_bound) over (
            partition by bounds.measure
            order by bounds.part_number
            rows between unbounded preceding and 1 preceding
        ),
        true
    )
order by bounds.measure, bounds.part_number
