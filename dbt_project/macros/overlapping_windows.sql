{#- By how much the variance of Kendall's score grows because windows of neighbouring points share days (Hamed and Rao
    1998, with the correlations that follow from the sharing): windows of as many steps as `overlap` says correlate by
    1 - 1/overlap with their neighbours, by 1 - 2/overlap with the next, and so on. One where nothing is shared. -#}
{% macro variance_growth_of_overlapping(point_count, overlap, most_points=8) -%}
    (1 + 2.0 / nullif({{ point_count }} * ({{ point_count }} - 1) * ({{ point_count }} - 2), 0) * (
        {%- for step in range(1, most_points) %}
        greatest({{ point_count }} - {{ step }}, 0) * greatest({{ point_count }} - {{ step + 1 }}, 0)
        * greatest({{ point_count }} - {{ step + 2 }}, 0) * greatest(1 - {{ step }} / {{ overlap }}, 0)
        {{- ' +' if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}


{#- Kendall's score in standard errors, with the correction for whole numbers (Kendall 1975); empty for two points. -#}
{% macro standard_score_of_overlapping(score, point_count, overlap) -%}
    greatest(abs({{ score }}) - 1, 0) / sqrt(
        {{ point_count }} * ({{ point_count }} - 1) * (2 * {{ point_count }} + 5) / 18.0
        * {{ variance_growth_of_overlapping(point_count, overlap) }}
    )
{%- endmacro %}


{#- Steps that end with `noise`: 1.5 times the median absolute deviation of the changes from point to point. -#}
{% macro noise_of_changes(points) -%}
changes as (
    select
        points.metric,
        points.dimension,
        points.segment,
        later.metric_value - points.metric_value as weekly_change
    from {{ points }} as points
    inner join {{ points }} as later using (metric, dimension, segment)
    where points.point_number = later.point_number - 1
),

usual_changes as (
    select
        metric,
        dimension,
        segment,
        {{ percentile('weekly_change', 0.5) }} as usual_change
    from changes
    group by metric, dimension, segment
),

noise as (
    select
        changes.metric,
        changes.dimension,
        changes.segment,
        1.5 * {{ percentile('abs(changes.weekly_change - usual_changes.usual_change)', 0.5) }} as noise_floor
    from changes
    inner join usual_changes using (metric, dimension, segment)
    group by changes.metric, changes.dimension, changes.segment
)
{%- endmacro %}
