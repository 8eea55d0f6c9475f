{#- The join for next_renewal: the term of a contract that runs on a day. `terms` is a step that reads
    int_contract_terms_scheduled. -#}
{% macro joined_to_running_term(subscription, day) -%}
    left join terms
        on
            {{ subscription }}.subscription_id = terms.subscription_id
            and {{ day }} >= terms.term_start
            and {{ day }} < terms.scheduled_end
{%- endmacro %}


{#- When a contract next renews, seen from a day. An export gives only the next renewal; on a past day it was that of the
    term that ran then, and before paid service begins what the export says is all there is. -#}
{% macro next_renewal(subscription, day) -%}
    coalesce(
        terms.scheduled_end,
        case when {{ subscription }}.renewal_date > {{ day }} then {{ subscription }}.renewal_date end
    )
{%- endmacro %}


{#- By how many days a day differs from the nearest end of a term that is counted on from a start, which is the zeroth. -#}
{% macro days_off_a_term(start, term_months, day) -%}
    {%- set months = "12 * (extract(year from " ~ day ~ ") - extract(year from " ~ start ~ "))"
        ~ " + extract(month from " ~ day ~ ") - extract(month from " ~ start ~ ")" -%}
    {%- set whole_terms = "round((" ~ months ~ ") / cast(" ~ term_months ~ " as double)) * " ~ term_months -%}
    abs({{ days_between(months_later(start, whole_terms), day) }})
{%- endmacro %}
