{#- The step `first_days`, for segment_day: the first day of every account in a step that holds fct_account_segments_daily. -#}
{% macro first_segment_days(segments='segments') -%}
first_days as (
    select
        account_id,
        min(activity_date) as first_date
    from {{ segments }}
    where dimension = 'all'
    group by account_id
)
{%- endmacro %}


{#- The day whose segments a ticket keeps: that on which it was opened, or the first day on which its account is a
    customer, because the product's logs, or the account, may begin after the ticket. It counts from that day on. -#}
{% macro segment_day(created_date) -%}
    greatest({{ created_date }}, first_days.first_date)
{%- endmacro %}
