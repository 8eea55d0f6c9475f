{#- The rule behind a change of a score in words: a score rises because a rule ended, or takes less than it did. It reads ranked (effect, override_rule), rules (label) and held (the rule of now). -#}
{% macro override_in_words() -%}
    case
        when ranked.effect <= 0 then ''
        when held.override_rule is null then 'no longer: '
        else 'holds it down by less: '
    end
    || coalesce(rules.label, ranked.override_rule, ranked.cause)
{%- endmacro %}
