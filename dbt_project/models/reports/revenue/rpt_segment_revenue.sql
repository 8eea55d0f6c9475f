{%- set metrics = ['mrr', 'paying_accounts', 'arpa', 'nrr_12m', 'grr_12m', 'nrr_1m', 'grr_1m', 'top_10_share'] -%}

with

metrics as (select * from {{ ref('fct_metrics_daily') }}),

ledger as (select * from {{ ref('fct_segment_mrr_months') }}),

months as (select * from {{ ref('rpt_revenue_months') }}),

latest as (select max(month_end) as month_end from months),

measured as (
    select
        {%- for metric in metrics %}
            max(case when metrics.metric = '{{ metric }}' then metrics.metric_value end) as {{ metric }},
            max(case when metrics.metric = '{{ metric }}' then metrics.status end) as {{ metric }}_status,
        {%- endfor %}
        metrics.dimension,
        metrics.segment,
        metrics.metric_date as month_end
    from metrics
    inner join latest on metrics.metric_date = latest.month_end
    group by metrics.dimension, metrics.segment, metrics.metric_date
)

select
    dimension,
    segment,
    month_end,
    measured.nrr_12m_status,
    measured.nrr_1m_status,
    measured.top_10_share_status,
    cast(measured.mrr as decimal(18, 2)) as mrr,
    cast(measured.arpa as decimal(18, 2)) as arpa,
    cast(measured.paying_accounts as bigint) as paying_account_count,
    measured.nrr_12m,
    measured.grr_12m,
    measured.nrr_1m,
    measured.grr_1m,
    measured.top_10_share,
    ledger.unvalued_account_count
from measured
left join ledger using (dimension, segment, month_end)
where measured.mrr_status = 'ok'
