{{ config(meta={'dagster': {'ref': {'name': 'fct_segment_mrr_months'}}}) }}

-- Every dimension that a month has adds up to the total of the month, movement by movement.
{%- set amounts = ['opening', 'new', 'reactivation', 'expansion', 'contraction', 'churn', 'fx', 'closing'] %}

with

segments as (select * from {{ ref('fct_segment_mrr_months') }}),

totals as (
    select * from segments
    where dimension = 'all'
),

summed as (
    select
        dimension,
        month_end,
        {%- for amount in amounts %}
            sum({{ amount }}) as {{ amount }},
        {%- endfor %}
        sum(mrr) as mrr
    from segments
    where dimension != 'all'
    group by dimension, month_end
)

select
    summed.dimension,
    summed.month_end
from summed
inner join totals using (month_end)
where
    (totals.mrr is not null and summed.mrr is distinct from totals.mrr)
    {%- for amount in amounts %}
        or (
            summed.closing is not null
            and totals.closing is not null
            and summed.{{ amount }} is distinct from totals.{{ amount }}
        )
    {%- endfor %}
