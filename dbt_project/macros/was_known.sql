{#- Whether a row had been loaded by the moment up to which the build may know of rows: always, unless KNOWN_ON asks for
    the state of knowledge of a past day. -#}
{% macro was_known(loaded_at) -%}
    {{ loaded_at }} < (select known_before from {{ source('run', 'run_parameters') }})
{%- endmacro %}
