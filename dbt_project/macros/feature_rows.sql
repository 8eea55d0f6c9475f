{#- The names of the features that are not known, as `nps, csm_sentiment`; empty text where all are. -#}
{% macro names_of_missing(features) -%}
    concat_ws(
        ', ',
        {%- for feature in features %}
        case when {{ feature }} is null then '{{ feature }}' end{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}


{#- A hash of numbers, each to twelve significant digits: the last bits of a sum follow from the order of its rows. -#}
{% macro hash_of_numbers(columns) -%}
    md5(
        {%- for column in columns %}
        coalesce({{ digits_of_double(column) }}, '') || '|'{{ ' ||' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}


{#- A table of features, a row for each feature: what is kept of its columns, feature, feature_value. -#}
{% macro features_as_rows(table, kept=['account_id', 'snapshot_date']) -%}
    select
        {{ kept | join(',\n        ') }},
        feature,
        feature_value
    from {{ table }}
    unpivot include nulls (feature_value for feature in ({{ var('outlook_features') | join(', ') }}))
{%- endmacro %}


{#- Whether one of the features is no number: neither known nor missing. -#}
{% macro is_any_not_a_number() -%}
    (
        {%- for feature in var('outlook_features') %}
        coalesce(isnan({{ feature }}) or abs({{ feature }}) > 1e100, false){{ ' or' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}


{#- 1 where what ends so many days after the eve of a Monday does so within a horizon after the lead, 0 where later. -#}
{% macro ends_within(days, horizon_days) -%}
    cast(cast({{ days }} <= 1 + {{ var('outcome_lead_days') }} + {{ horizon_days }} as integer) as double)
{%- endmacro %}


{#- What is kept of a Monday as it was known then, for a union in which each column has its place. -#}
{% macro columns_as_known() -%}
    account_id, snapshot_date, size_band, mrr, is_at_risk
    {%- for feature in var('outlook_features') %}, {{ feature }}{% endfor %}
{%- endmacro %}
