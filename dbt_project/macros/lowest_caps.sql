{#- The lowest cap of each account and day, by rule or by hand; days without a cap have no row. -#}
{% macro lowest_caps() -%}
    select
        account_id,
        score_date,
        min(cap) as cap
    from {{ ref('fct_account_health_overrides_daily') }}
    group by account_id, score_date
{%- endmacro %}
