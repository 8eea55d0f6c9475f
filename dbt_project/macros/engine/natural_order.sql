{#- A text that sorts as people read file names: numbers in it by their value, so that export-9 comes
    before export-10 and 2026-9-30 before 2026-10-31, without regard to capitals; the endings of the
    file name do not count, so that a browser's "export (1).csv" comes after "export.csv". A date with its
    year behind counts by the year; between dots its day comes first, else what is written first. -#}
{% macro natural_order(file_name) -%}
    {{ return(adapter.dispatch('natural_order')(file_name)) }}
{%- endmacro %}

{% macro default__natural_order(file_name) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    lower(regexp_replace({{ file_name }}, '(?i)([.](csv|jsonl|ndjson|parquet|gz|zst))+$', '')),
                    '(^|\D)(\d\d?)[.](\d\d?)[.](\d{4})(\D|$)', '\1\4-\3-\2\5', 'g'
                ), '(^|\D)(\d\d?)[-_](\d\d?)[-_](\d{4})(\D|$)', '\1\4-\2-\3\5', 'g'
            ),
            '(\d+)', '{{ '0' * 24 }}\1', 'g'
        ), '\d*(\d{24})', '\1', 'g'
    )
{%- endmacro %}

{% macro spark__natural_order(file_name) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    lower(regexp_replace({{ file_name }}, r'(?i)([.](csv|jsonl|ndjson|parquet|gz|zst))+$', '')),
                    r'(^|\D)(\d\d?)[.](\d\d?)[.](\d{4})(\D|$)', '$1$4-$3-$2$5'
                ), r'(^|\D)(\d\d?)[-_](\d\d?)[-_](\d{4})(\D|$)', '$1$4-$2-$3$5'
            ),
            r'(\d+)', '{{ '0' * 24 }}$1'
        ), r'\d*(\d{24})', '$1'
    )
{%- endmacro %}
