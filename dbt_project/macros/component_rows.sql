{#- Ends every component file: the value of the metric and whether it can be used.
    The step holds account_id, score_date, numerator, denominator, sample_size, measured_on and obstacle
    (why the value does not count, or null). `needs` names what must be covered beside the source. Curve and
    weight are seeds and come later. `as_of` is the column with the day that the value speaks of: what is known of the use
    of an account stands as of its last active day. On a day on which the source or what is needed beside it is stale the value
    says nothing; `fresh_on` is the last day on which it did. -#}
{% macro component_rows(component, from_step, source, covered_days, needs=[], as_of='score_date') -%}
source_coverage as (
    select
        status as source_status,
        first_date
    from {{ ref('dim_source_coverage') }}
    where source = '{{ source }}'
),

stale_days as (
    select
        date_day,
        min(fresh_on) as fresh_on
    from {{ ref('fct_source_freshness_daily') }}
    where source in ('{{ ([source] + needs) | join("', '") }}') and is_stale
    group by date_day
)
{%- if needs %},

needs_coverage as (
    select
        count(*) as covered_count,
        max(first_date) as first_date
    from {{ ref('dim_source_coverage') }}
    where source in ('{{ needs | join("', '") }}') and status != 'absent'
)
{%- endif %}

select
    {{ from_step }}.account_id,
    {{ from_step }}.score_date,
    '{{ component }}' as component,
    cast({{ from_step }}.numerator as double) as numerator,
    cast({{ from_step }}.denominator as double) as denominator,
    cast({{ from_step }}.sample_size as double) as sample_size,
    cast({{ from_step }}.numerator as double) / nullif(cast({{ from_step }}.denominator as double), 0) as metric_value,
    {{ from_step }}.measured_on,
    stale_days.fresh_on,
    case
        when source_coverage.source_status = 'absent' then 'source_unavailable'
        when source_coverage.first_date is null or source_coverage.first_date > {{ from_step }}.{{ as_of }}
            then 'source_unavailable'
        {%- if needs %}
        when needs_coverage.covered_count < {{ needs | length }} then 'source_unavailable'
        when needs_coverage.first_date > {{ from_step }}.{{ as_of }} then 'source_unavailable'
        {%- endif %}
        when {{ days_between('source_coverage.first_date', from_step ~ '.' ~ as_of) }} + 1 < {{ covered_days }}
            then 'immature'
        when stale_days.fresh_on is not null then 'stale'
        when {{ from_step }}.obstacle is not null then {{ from_step }}.obstacle
        when {{ from_step }}.numerator is null or coalesce({{ from_step }}.denominator, 0) = 0 then 'no_denominator'
        else 'ok'
    end as status
from {{ from_step }}
cross join source_coverage
left join stale_days on {{ from_step }}.score_date = stale_days.date_day
{%- if needs %}
cross join needs_coverage
{%- endif %}
{%- endmacro %}
