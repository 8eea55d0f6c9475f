{#- The most important first; of what is as important, what most revenue depends on. -#}
{%- set order = 'priority, revenue desc nulls last, severity desc nulls last, rule, subject' -%}

with

judged as (select * from {{ ref('rpt_report_rules_judged') }}),

changed as (
    select
        *,
        max(cast(kind = 'change' and condition = 'met' as integer)) over (partition by theme) as theme_changes,
        max(cast(kind = 'change' and condition = 'met' as integer)) over () as changes
    from judged
),

-- How a thing stands is said where its theme has no change; that nothing changed, where nothing did. The same words are
-- said once.
sayable as (
    select *
    from changed
    where
        condition = 'met'
        and case kind when 'change' then 1 when 'state' then 1 - theme_changes else 1 - changes end = 1
    qualify row_number() over (partition by what, subject order by {{ order }}) = 1
),

of_themes as (
    select *
    from sayable
    qualify row_number() over (partition by theme order by {{ order }}) <= {{ var('report_statements_of_a_theme') }}
),

told as (
    select
        rule,
        subject,
        row_number() over (order by {{ order }}) as finding_rank
    from of_themes
    qualify row_number() over (order by {{ order }}) <= {{ var('report_statements') }}
)

select
    judged.rule,
    judged.subject,
    judged.kind,
    judged.theme,
    judged.measure,
    judged.label,
    judged.unit,
    case
        when told.rule is not null then 'told'
        when judged.condition = 'met' then 'left_out'
        else judged.condition
    end as status,
    told.finding_rank,
    judged.priority,
    judged.looked_at_value,
    judged.threshold,
    judged.measure_value,
    judged.earlier_value,
    judged.measure_change,
    judged.relative_change,
    judged.sample_size,
    judged.minimum_size,
    judged.revenue,
    judged.severity,
    judged.earlier_date,
    judged.what,
    judged.so_what,
    judged.page,
    judged.link,
    judged.author,
    judged.as_of_date
from judged
left join told on judged.rule = told.rule and judged.subject = told.subject
where judged.about != 'segment' or judged.condition in ('met', 'too_few')
