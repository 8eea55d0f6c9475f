{#- The step `standing`: how much stands in each bucket of each series from one change to the next, as most buckets are
    empty on most days. It reads the step `changes` (series_number, bucket, change_date, and for each of `counts`, name and
    type, a `_change`: what is added or taken away). -#}
{% macro standing_buckets(counts) -%}
standing as (
    select
        series_number,
        bucket,
        change_date as valid_from,
        lead(change_date, 1, date '9999-12-31') over bucket_history as valid_to,
        {%- for name, type in counts.items() %}
        cast(sum(sum({{ name }}_change)) over bucket_history as {{ type }}) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from changes
    group by series_number, bucket, change_date
    window bucket_history as (
        partition by series_number, bucket
        order by change_date
    )
)
{%- endmacro %}
