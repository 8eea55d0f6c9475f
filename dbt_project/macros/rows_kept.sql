{#- How many rows of a landed table are used, from its rows counted by identity: one for every identity, and of events, which
    can share one, all but what was delivered again. -#}
{% macro rows_kept(landed) -%}
    {%- if landed.redelivered -%}
        coalesce(sum(row_count) filter (where not is_rejected and not is_later), 0)
        - (select count(*) from {{ ref(landed.redelivered) }} as deliveries where deliveries.is_redelivery)
    {%- else -%}
        coalesce(
            sum(case when is_unnamed then row_count else 1 end) filter (where not is_rejected and not is_later), 0
        )
    {%- endif -%}
{%- endmacro %}


{#- The columns that tell the rows of a landed table apart when they are counted. -#}
{% macro counted_identity(landed) -%}
    {{ 'cast(null as string)' if landed.redelivered else landed.identity | join(', ') }}
{%- endmacro %}


{#- The staged rows of a landed table, by the names of the CRM where an account or a person is part of what they are known by. -#}
{% macro rows_to_count(landed) -%}
    {%- set staged = 'stg_' ~ landed.system ~ '__' ~ landed.table -%}
    {{ with_known_names(staged) if landed.identity[0] in ['account_id', 'user_id'] and landed.table not in ['accounts', 'users'] else ref(staged) }}
{%- endmacro %}
