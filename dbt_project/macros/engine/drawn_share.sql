{#- A number from 0 to below 1 that follows from a text alone and looks drawn by lot: the first 32 bits of its hash. -#}
{% macro drawn_share(text) -%}
    {{ return(adapter.dispatch('drawn_share')(text)) }}
{%- endmacro %}

{% macro default__drawn_share(text) -%}
    (cast(cast('0x' || substr(md5({{ text }}), 1, 8) as bigint) as double) / 4294967296.0)
{%- endmacro %}

{% macro spark__drawn_share(text) -%}
    (cast(conv(substr(md5({{ text }}), 1, 8), 16, 10) as double) / 4294967296.0)
{%- endmacro %}
