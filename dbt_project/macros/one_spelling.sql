{#- A word of the company's own, such as an industry or a plan, as it was spelled first: who writes it in other capitals or
    with other blanks means the same, and no day is named by what is said after it. `since` is the time from which a row
    counts; words of different kinds in one column are told apart by `within`. -#}
{% macro one_spelling(word, since, within=[]) -%}
    nullif(first_value(trim({{ word }})) over (
        partition by {{ (within + [folded_spelling(word)]) | join(', ') }}
        order by {{ since }} nulls last, trim({{ word }})
    ), '')
{%- endmacro %}
