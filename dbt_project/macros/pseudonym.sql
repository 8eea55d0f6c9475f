{#- The same stranger's name for the same person everywhere; without the key nobody gets back.
    The session carries the key, so it stands in no table, no compiled SQL and no log. An e-mail address is the same in any
    capitals; of any other identifier they may be all that tells two people apart. -#}
{% macro pseudonym(column) -%}
    {%- set person = 'case when ' ~ column ~ " like '%@%' then lower(" ~ column ~ ') else ' ~ column ~ ' end' -%}
    {{ keyed_hash(pseudonym_key(), person) }}
{%- endmacro %}
