{#- A text that sorts as people read file names: numbers in it by their value, so that export-9 comes
    before export-10 and 2026-9-30 before 2026-10-31, without regard to capitals; the endings of the
    file name do not count, so that a browser's "export (1).csv" comes after "export.csv". A date with its
    year behind counts by the year; its day comes first between dots and where no month has that number, else what is
    written first is the month; so do a month and a quarter before their year. A month by its name beside a year is its number. -#}
{% macro natural_order(file_name) -%}
    {{ return(adapter.dispatch('natural_order')(file_name)) }}
{%- endmacro %}


{#- One pass over the name after the other, each of one text only: the engine then asks a name once that many rows share.
    `raw` and `group` say how the engine writes a pattern and what is found by it, `everywhere` how it replaces all hits. -#}
{% macro ordered_by_passes(file_name, raw, group, everywhere='') -%}
    {%- set months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] -%}
    {%- set month = '(' ~ months | join('|') ~ ')(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?' -%}
    {%- set named = [
        ['([.](csv|tsv|json|jsonl|ndjson|parquet|gz|zst))+$', ''],
        ['(^|[^a-z0-9])(?:(\\d\\d?)[-_. ]?)?' ~ month ~ '[-_. ]?(?:(\\d\\d?)[-_., ]+)?(\\d{4})(\\D|$)', '\\1\\5~\\3-\\2\\4\\6'],
        ['(^|\\D)(\\d{4})[-_. ]?' ~ month ~ '(?:[-_. ]?(\\d\\d?))?([^a-z0-9]|$)', '\\1\\2~\\3-\\4\\5'],
    ] -%}
    {%- set numbered = [
        ['(^|\\D)(\\d\\d?)[.](\\d\\d?)[.](\\d{4})(\\D|$)', '\\1\\4-\\3-\\2\\5'],
        ['(^|\\D)(1[3-9]|2\\d|3[01])[-_](\\d\\d?)[-_](\\d{4})(\\D|$)', '\\1\\4-\\3-\\2\\5'],
        ['(^|\\D)(\\d\\d?)[-_](\\d\\d?)[-_](\\d{4})(\\D|$)', '\\1\\4-\\2-\\3\\5'],
        ['(^|/|[a-z][-_. ]+)q?(0?[1-9]|1[0-2])[-_. ](20\\d\\d)(\\D|$)', '\\1\\3-\\2\\4'],
        ['(\\d+)', '0' * 24 ~ '\\1'],
        ['\\d*(\\d{24})', '\\1'],
    ] -%}
    {%- set key = namespace(text='lower(' ~ file_name ~ ')') -%}
    {%- for pattern, kept in named -%}
        {%- set key.text = "regexp_replace(" ~ key.text ~ ", " ~ raw ~ "'" ~ pattern ~ "', '" ~ kept | replace('\\', group) ~ "'" ~ everywhere ~ ")" -%}
    {%- endfor -%}
    {%- for name in months -%}
        {%- set key.text = "replace(" ~ key.text ~ ", '~" ~ name ~ "', '-" ~ '%02d' % loop.index ~ "')" -%}
    {%- endfor -%}
    {%- for pattern, kept in numbered -%}
        {%- set key.text = "regexp_replace(" ~ key.text ~ ", " ~ raw ~ "'" ~ pattern ~ "', '" ~ kept | replace('\\', group) ~ "'" ~ everywhere ~ ")" -%}
    {%- endfor -%}
    {{ key.text }}
{%- endmacro %}


{% macro default__natural_order(file_name) -%} {{ ordered_by_passes(file_name, '', '\\', ", 'g'") }} {%- endmacro %}

{% macro spark__natural_order(file_name) -%} {{ ordered_by_passes(file_name, 'r', '$') }} {%- endmacro %}
