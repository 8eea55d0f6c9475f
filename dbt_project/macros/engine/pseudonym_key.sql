{#- The key of the pseudonyms, which the session carries; a session without it is told so, as pseudonyms made of nothing
    would look like others. -#}
{% macro pseudonym_key() -%}
    {{ return(adapter.dispatch('pseudonym_key')()) }}
{%- endmacro %}

{% macro default__pseudonym_key() -%}
    coalesce(getvariable('pseudonym_key')::varchar, error('This session has no key for pseudonyms. Expected one: set variable pseudonym_key = the content of PSEUDONYM_KEY_FILE.'))
{%- endmacro %}

{% macro spark__pseudonym_key() -%}
    coalesce(pseudonym_key, raise_error('This session has no key for pseudonyms.'))
{%- endmacro %}
