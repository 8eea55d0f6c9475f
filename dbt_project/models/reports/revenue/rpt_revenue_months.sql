{%- set metrics = [
    'mrr', 'arr', 'arpa', 'nrr_1m', 'grr_1m', 'nrr_12m', 'grr_12m', 'quick_ratio_mrr', 'top_10_share', 'hhi'
] -%}

with

segments as (select * from {{ ref('fct_segment_mrr_months') }}),

metrics as (select * from {{ ref('fct_metrics_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

months as (
    select segments.*
    from segments
    cross join parameters
    where
        segments.dimension = 'all'
        and segments.month_end > parameters.as_of_date - 760
),

measured as (
    select
        {%- for metric in metrics %}
            max(case when metric = '{{ metric }}' then metric_value end) as {{ metric }},
            max(case when metric = '{{ metric }}' then status end) as {{ metric }}_status,
        {%- endfor %}
        metric_date as month_end
    from metrics
    where dimension = 'all'
    group by metric_date
)

-- Without prices there is no month: what is not measured is no row of zeros.
select
    months.month_end,
    {%- for metric in ['nrr_1m', 'grr_1m', 'nrr_12m', 'grr_12m', 'quick_ratio_mrr', 'top_10_share'] %}
        measured.{{ metric }}_status,
    {%- endfor %}
    months.mrr,
    cast(measured.arr as decimal(18, 2)) as arr,
    cast(measured.arpa as decimal(18, 2)) as arpa,
    {%- for amount in ['opening', 'new', 'reactivation', 'expansion', 'contraction', 'churn', 'fx', 'closing'] %}
        months.{{ amount }},
    {%- endfor %}
    months.new_account_count,
    months.reactivation_account_count,
    months.expansion_account_count,
    months.contraction_account_count,
    months.churn_account_count,
    months.paying_account_count,
    months.unknown_account_count,
    months.unvalued_account_count,
    {%- for metric in ['nrr_1m', 'grr_1m', 'nrr_12m', 'grr_12m', 'quick_ratio_mrr', 'top_10_share'] %}
        measured.{{ metric }},
    {%- endfor %}
    measured.hhi
from months
inner join measured using (month_end)
where measured.mrr_status != 'source_unavailable'
