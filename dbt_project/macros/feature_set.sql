{#- What the features of the outlook mean, as a text. Amounts are among them, so what was kept or learned in another currency is
    another set; one without a currency is in euros. -#}
{% macro feature_set() -%}
'{{ var('outlook_feature_set') }}{{ '' if var('reporting_currency') == 'EUR' else ' ' ~ var('reporting_currency') }}'
{%- endmacro %}
