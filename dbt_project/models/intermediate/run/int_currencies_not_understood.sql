{{ config(materialized='ephemeral') }}

with

items as (select * from {{ ref('int_subscription_items_deduplicated') }}),

payments as (select * from {{ ref('int_payments_deduplicated') }}),

transactions as (select * from {{ ref('int_transactions_deduplicated') }}),

rates as (select distinct currency from {{ ref('int_exchange_rates_dated') }}),

said as (
    {% for table_name in ['subscription_items', 'payments', 'transactions'] %}
        select
            '{{ table_name }}' as table_name,
            currency,
            landed_file,
            landed_line
        from {{ table_name.split('_')[-1] }}
        where currency is not null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    said.table_name,
    -- A longer text is no code and may be about anybody.
    case when length(said.currency) > 8 then 'a text that is no currency' else said.currency end as currency,
    count(*) as row_count,
    min(said.landed_file) as landed_file,
    min_by(said.landed_line, said.landed_file || lpad(cast(said.landed_line as string), 12, '0')) as landed_line
from said
left join rates using (currency)
where
    rates.currency is null
    and said.currency != '{{ var("reporting_currency") }}'
group by all
