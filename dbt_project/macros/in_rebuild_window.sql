{#- Whether a day is among those that this run builds anew: all of them in a full build, and in a later one those from
    `rebuild_from` on. A window that looks back on W days reads from W - 1 days before.
    In a table of its own rows it keeps a model to its tail; in a unit test and in a full build it is `true`. -#}
{% macro in_rebuild_window(column, look_back=0) -%}
    {%- if this is not none and is_incremental() -%}
        {{ column }} >= {{ rebuild_from() }} - {{ look_back }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}


{#- The same of the local day of a moment. In no zone a day begins more than a day before it does in UTC, so the moment itself
    is asked first: an engine asks that where it reads the rows, before it makes anything of them. -#}
{% macro happened_in_rebuild_window(moment, look_back=0) -%}
    {%- if this is not none and is_incremental() -%}
        {{ moment }} >= {{ rebuild_from() }} - {{ look_back + 1 }} and {{ in_rebuild_window(local_day(moment), look_back) }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}


{#- The first day that this run builds anew. A run finds it in int_rebuild_window before it builds, and hands it over as a
    variable; who builds by hand builds every day anew. -#}
{% macro rebuild_from() -%}
    date '{{ var('rebuild_from') }}'
{%- endmacro %}
