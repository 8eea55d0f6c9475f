{#- A word as words are compared: small letters and digits only, an accent being one sign with its letter. -#}
{% macro folded_word(column) -%}
    {{ return(adapter.dispatch('folded_word')(column)) }}
{%- endmacro %}

{% macro default__folded_word(column) -%}
    regexp_replace(lower(nfc_normalize({{ column }})), '[^\p{L}\p{N}]+', '', 'g')
{%- endmacro %}

{% macro spark__folded_word(column) -%}
    regexp_replace(lower({{ column }}), '[^\\p{L}\\p{N}]+', '')
{%- endmacro %}


{#- The words of a text in lower case, one row each: runs of letters, digits and hyphens. It stands among the columns. -#}
{% macro words_of(column) -%}
    {{ return(adapter.dispatch('words_of')(column)) }}
{%- endmacro %}

{% macro default__words_of(column) -%}
    unnest(string_split_regex(lower({{ column }}), '[^a-z0-9-]+'))
{%- endmacro %}

{% macro spark__words_of(column) -%}
    explode(split(lower({{ column }}), '[^a-z0-9-]+'))
{%- endmacro %}


{#- A word of the company's own as such words are compared: without regard to capitals, and to how blanks and accents are
    written. Signs count, as they may be all that tells 50 from 50+. -#}
{% macro folded_spelling(column) -%}
    {{ return(adapter.dispatch('folded_spelling')(column)) }}
{%- endmacro %}

{% macro default__folded_spelling(column) -%}
    trim(regexp_replace(lower(nfc_normalize({{ column }})), '[\s\p{Z}\p{Cf}]+', ' ', 'g'))
{%- endmacro %}

{% macro spark__folded_spelling(column) -%}
    trim(regexp_replace(lower({{ column }}), '[\\s\\p{Z}\\p{Cf}]+', ' '))
{%- endmacro %}
