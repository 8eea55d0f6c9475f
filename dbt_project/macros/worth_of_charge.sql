{#- What a charge is worth a month on a day, in the reporting currency: nothing while it is on trial or free, not known where
    its currency has no rate. The step `rates` holds the rate that counts; with `is_optional` no charge is worth nothing,
    as every day of service has one. -#}
{% macro worth_of_charge(charges, day, is_optional=false) -%}
case
            {%- if is_optional %}
            when {{ charges }}.subscription_item_id is null then 0
            {%- endif %}
            when {{ charges }}.trial_end_date > {{ day }} then 0
            when {{ charges }}.monthly_amount = 0 then 0
            when {{ charges }}.currency = '{{ var("reporting_currency") }}' then {{ charges }}.monthly_amount
            when {{ charges }}.monthly_amount * rates.rate < 1e12 then {{ charges }}.monthly_amount * rates.rate
        end
{%- endmacro %}
