with

rules as (select * from {{ ref('report_rules') }} where is_used),

facts as (select * from {{ ref('rpt_headline_kpis') }}),

totals as (select * from {{ ref('rpt_run_stats') }}),

comparison as (select * from {{ ref('rpt_metric_comparison') }}),

scorecard as (select * from {{ ref('rpt_metric_scorecard') }}),

segments as (select * from {{ ref('rpt_segment_health') }}),

-- The change of the mean stands beside each of its causes.
segment_changes as (
    select * from {{ ref('rpt_segment_change_causes') }}
    where horizon_days = 28 and dimension != 'all'
    qualify row_number() over (partition by dimension, segment order by cause, component) = 1
),

ends as (
    select
        max(earlier_date) as earlier_date,
        max(as_of_date) as as_of_date
    from facts
),

measured as (
    {{ report_measures() }}
),

looked_at as (
    select
        rules.*,
        coalesce(measured.subject, 'all') as subject,
        measured.label,
        measured.unit,
        measured.measure is not null as is_known_measure,
        measured.measure_value,
        measured.earlier_value,
        measured.measure_value - measured.earlier_value as measure_change,
        (measured.measure_value - measured.earlier_value) / nullif(abs(measured.earlier_value), 0) as relative_change,
        coalesce(sizes.fact_value, measured.sample_size) as sample_size,
        coalesce(cast(revenues.fact_value as decimal(18, 2)), measured.subject_mrr) as revenue,
        measured.earlier_date,
        case rules.looks_at
            when 'change' then measured.measure_value - measured.earlier_value
            when 'earlier_value' then measured.earlier_value
            else measured.measure_value
        end as looked_at_value,
        ends.as_of_date
    from rules
    cross join ends
    left join measured on rules.about = measured.about and rules.measure = measured.measure
    left join facts as sizes on rules.size_of = sizes.fact
    left join facts as revenues on rules.revenue_of = revenues.fact
)

select
    *,
    case
        when not is_known_measure then 'no_such_measure'
        when comparison = 'is_missing' then case when looked_at_value is null then 'met' else 'not_met' end
        when looked_at_value is null then 'not_measured'
        when comparison = 'at_least' and looked_at_value < threshold then 'not_met'
        when comparison = 'at_most' and looked_at_value > threshold then 'not_met'
        when coalesce(abs(relative_change), 0) < least_relative_change then 'not_material'
        when coalesce(sample_size, 0) < minimum_size then 'too_few'
        else 'met'
    end as condition,
    abs(looked_at_value / nullif(threshold, 0)) as severity
from looked_at
