{#- Every day, and of each source whether it tells of the day (has_…) and of as many days that end with it
    (has_28d_of_…): it has landed, its first day is not later, and it has not gone silent. -#}
{% macro days_known_of(sources, days) -%}
    select
        dates.date_day
        {%- for source in sources %},
            coalesce(bool_or(
                coverage.source = '{{ source }}' and not coalesce(freshness.is_stale, false)
            ), false) as has_{{ source }},
            coalesce(bool_or(
                coverage.source = '{{ source }}' and not coalesce(freshness.is_stale, false)
                and coverage.first_date + {{ days - 1 }} <= dates.date_day
            ), false) as has_{{ days }}d_of_{{ source }}
        {%- endfor %}
    from {{ ref('int_days_spined') }} as dates
    left join {{ ref('dim_source_coverage') }} as coverage
        on
            coverage.first_date <= dates.date_day
            and coverage.status != 'absent'
            and coverage.source in ('{{ sources | join("', '") }}')
    left join {{ ref('fct_source_freshness_daily') }} as freshness
        on
            dates.date_day = freshness.date_day
            and coverage.source = freshness.source
    group by dates.date_day
{%- endmacro %}
