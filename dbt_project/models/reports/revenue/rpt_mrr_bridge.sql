{#- Step, its sign, and the column that holds it; in the order of the bridge. -#}
{%- set steps = [
    ('opening', 1, 'opening'), ('new', 1, 'new'), ('reactivation', 1, 'reactivation'), ('expansion', 1, 'expansion'),
    ('contraction', -1, 'contraction'), ('churn', -1, 'churn'), ('fx', 1, 'fx'), ('not_known', 1, 'became_known'),
    ('closing', 1, 'closing'),
] -%}

with

months as (select * from {{ ref('rpt_revenue_months') }}),

-- Where an account became known or unknown, the opening of a month is not the closing of the one before. A month of
-- which nothing is known has neither, so that nothing of it is known revenue.
numbered as (
    select
        *,
        coalesce(opening, 0) as known_opening,
        coalesce(opening, 0) - coalesce(lag(closing, 1, opening) over (order by month_end), 0) as became_known,
        row_number() over (order by month_end desc) as recency
    from months
),

periods as (
    select
        'month' as period,
        1 as month_count
    union all
    select
        'year' as period,
        12 as month_count
),

summed as (
    select
        periods.period,
        min(numbered.month_end) as first_month_end,
        max(numbered.month_end) as last_month_end,
        count(*) as month_count,
        {%- for movement in ['new', 'reactivation', 'expansion', 'contraction', 'churn', 'fx'] %}
            coalesce(sum(numbered.{{ movement }}), 0) as {{ movement }},
        {%- endfor %}
        coalesce(sum(case when numbered.recency < periods.month_count then numbered.became_known end), 0)
            as became_known,
        max(case when numbered.recency = 1 then numbered.closing end) as closing,
        min_by(numbered.known_opening, numbered.month_end) as opening
    from numbered
    inner join periods on numbered.recency <= periods.month_count
    group by periods.period
    having max(case when numbered.recency = 1 then numbered.closing end) is not null
),

stepped as (
    {%- for step, sign, column in steps %}
        select
            period,
            '{{ step }}' as step,
            {{ loop.index }} as step_order,
            first_month_end,
            last_month_end,
            month_count,
            {{ sign }} * {{ column }} as amount
        from summed
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

reached as (
    select
        *,
        sum(case when step != 'closing' then amount else 0 end) over (
            partition by period
            order by step_order
            rows between unbounded preceding and current row
        ) as level
    from stepped
)

-- A bar stands on what was reached before it; the closing stands on the ground and reaches what the steps reach.
select
    period,
    step,
    cast(step_order as integer) as step_order,
    cast(month_count as integer) as month_count,
    cast(date_trunc('month', first_month_end) as date) as first_day,
    last_month_end as last_day,
    cast(amount as decimal(18, 2)) as amount,
    cast(case when step in ('opening', 'closing') then 0 else level - amount end as decimal(18, 2)) as bar_from,
    cast(level as decimal(18, 2)) as bar_to
from reached
