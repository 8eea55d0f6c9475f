{{ config(materialized='view') }}

{%- set of_billing = [] -%}
{%- for detail in landed_details() if detail.source.startswith('billing_') -%}
    {%- do of_billing.append(detail) -%}
{%- endfor -%}

{{ details_covered(of_billing) }}
