{#- The sum of an amount over the rows that meet a condition: zero where none does, empty where some do and nobody told the
    amount of any of them, and empty where nobody told any amount at all. -#}
{% macro known_sum(amount, condition) -%}
case
            when
                count({{ amount }}) > 0
                and (count({{ amount }}) filter (where {{ condition }}) > 0 or count(*) filter (where {{ condition }}) = 0)
                then coalesce(sum({{ amount }}) filter (where {{ condition }}), 0)
        end
{%- endmacro %}
