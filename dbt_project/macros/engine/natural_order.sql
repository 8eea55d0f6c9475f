{#- A text that sorts as people read file names: numbers in it by their value, so that export-9 comes
    before export-10 and 2026-9-30 before 2026-10-31, without regard to capitals; the endings of the
    file name do not count, so that a browser's "export (1).csv" comes after "export.csv". A date with its
    year behind counts by the year; its day comes first between dots and where no month has that number, else what is
    written first is the month. A month by its name beside a year is its number. -#}
{% macro natural_order(file_name) -%}
    {{ return(adapter.dispatch('natural_order')(file_name)) }}
{%- endmacro %}


{#- The name of a month, to stand in a pattern that asks for a year beside it. -#}
{% macro name_of_month() -%}
    (jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)
{%- endmacro %}


{#- The two digits of a month by its name. -#}
{% macro number_of_month(name) -%}
    lpad(cast(cast(floor((instr('janfebmaraprmayjunjulaugsepoctnovdec', left({{ name }}, 3)) + 2) / 3) as integer) as string), 2, '0')
{%- endmacro %}


{#- The stem of a file name with a month's name beside a year as year, month and day. `raw` and `group` say how the
    engine writes a pattern and what is found by it, `everywhere` how it replaces all hits, as Spark does; most names
    have no such month and are asked no more than whether. -#}
{% macro months_numbered(stem, raw, group, everywhere='') -%}
    {%- set month_first = raw ~ "'(^|[^a-z0-9])(?:(\\d\\d?)[-_. ]?)?" ~ name_of_month() ~ "[-_. ]?(?:(\\d\\d?)[-_., ]+)?(\\d{4})(\\D|$)'" -%}
    {%- set year_first = raw ~ "'(^|\\D)(\\d{4})[-_. ]?" ~ name_of_month() ~ "(?:[-_. ]?(\\d\\d?))?([^a-z0-9]|$)'" -%}
    case
        when regexp_extract({{ stem }}, {{ month_first }}, 3) != ''
            then regexp_replace(
                {{ stem }}, {{ month_first }},
                '{{ group }}1{{ group }}5-' || {{ number_of_month('regexp_extract(' ~ stem ~ ', ' ~ month_first ~ ', 3)') }}
                || '-{{ group }}2{{ group }}4{{ group }}6'{{ everywhere }}
            )
        when regexp_extract({{ stem }}, {{ year_first }}, 3) != ''
            then regexp_replace(
                {{ stem }}, {{ year_first }},
                '{{ group }}1{{ group }}2-' || {{ number_of_month('regexp_extract(' ~ stem ~ ', ' ~ year_first ~ ', 3)') }}
                || '-{{ group }}4{{ group }}5'{{ everywhere }}
            )
        else {{ stem }}
    end
{%- endmacro %}


{% macro default__natural_order(file_name) -%}
    {%- set stem -%}
        lower(regexp_replace({{ file_name }}, '(?i)([.](csv|jsonl|ndjson|parquet|gz|zst))+$', ''))
    {%- endset -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        {{ months_numbered(stem, '', '\\', ", 'g'") }},
                        '(^|\D)(\d\d?)[.](\d\d?)[.](\d{4})(\D|$)', '\1\4-\3-\2\5', 'g'
                    ), '(^|\D)(1[3-9]|2\d|3[01])[-_](\d\d?)[-_](\d{4})(\D|$)', '\1\4-\3-\2\5', 'g'
                ), '(^|\D)(\d\d?)[-_](\d\d?)[-_](\d{4})(\D|$)', '\1\4-\2-\3\5', 'g'
            ),
            '(\d+)', '{{ '0' * 24 }}\1', 'g'
        ), '\d*(\d{24})', '\1', 'g'
    )
{%- endmacro %}

{% macro spark__natural_order(file_name) -%}
    {%- set stem -%}
        lower(regexp_replace({{ file_name }}, r'(?i)([.](csv|jsonl|ndjson|parquet|gz|zst))+$', ''))
    {%- endset -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        {{ months_numbered(stem, 'r', '$') }},
                        r'(^|\D)(\d\d?)[.](\d\d?)[.](\d{4})(\D|$)', '$1$4-$3-$2$5'
                    ), r'(^|\D)(1[3-9]|2\d|3[01])[-_](\d\d?)[-_](\d{4})(\D|$)', '$1$4-$3-$2$5'
                ), r'(^|\D)(\d\d?)[-_](\d\d?)[-_](\d{4})(\D|$)', '$1$4-$2-$3$5'
            ),
            r'(\d+)', '{{ '0' * 24 }}$1'
        ), r'\d*(\d{24})', '$1'
    )
{%- endmacro %}
