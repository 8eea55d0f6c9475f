{#- Whether a day is among those that this run builds anew: all of them in a full build, and in a later one those from
    `rebuild_from` of int_rebuild_window on. A window that looks back on W days reads from W - 1 days before.
    In a table of its own rows it keeps a model to its tail; in a unit test and in a full build it is `true`. -#}
{% macro is_rebuilt(column, look_back=0) -%}
    {#- Whoever asks is built after the answer, in a full build too. -#}
    {%- if not execute -%}{%- do ref('int_rebuild_window') -%}{%- endif -%}
    {%- if is_incremental() -%}
        {{ column }} >= {{ rebuild_from() }} - {{ look_back }}
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}


{#- The first day that this run builds anew, as a date literal, so that the engine can skip what lies before it. -#}
{% macro rebuild_from() -%}
    {%- set window = ref('int_rebuild_window') -%}
    {%- if execute -%}
        date '{{ run_query("select rebuild_from from " ~ window).columns[0].values()[0] }}'
    {%- else -%}
        date '0001-01-01'
    {%- endif -%}
{%- endmacro %}
