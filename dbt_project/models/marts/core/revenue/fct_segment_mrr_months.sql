{%- set amounts = ['opening', 'new', 'reactivation', 'expansion', 'contraction', 'churn', 'fx', 'closing'] -%}
{%- set movements = ['new', 'reactivation', 'expansion', 'contraction', 'churn'] -%}

with

ledger as (select * from {{ ref('fct_mrr_months') }}),

segments as (select * from {{ ref('fct_account_segment_months') }}),

-- Only rows that are known on both sides add up; the others are counted beside them.
summed as (
    select
        segments.dimension,
        segments.segment,
        segments.month_end,
        {% for amount in amounts -%}
        sum(ledger.{{ amount }}) filter (where ledger.status = 'ok') as {{ amount }},
        {% endfor -%}
        {% for movement in movements -%}
        count(*) filter (where ledger.movement = '{{ movement }}') as {{ movement }}_account_count,
        {% endfor -%}
        count(*) filter (where ledger.status = 'ok' and ledger.opening > 0) as opening_account_count,
        count(*) filter (where ledger.closing > 0) as paying_account_count,
        count(*) filter (where ledger.status != 'ok') as unknown_account_count,
        count(*) filter (where ledger.closing is null) as unvalued_account_count,
        count(*) filter (where ledger.is_customer and ledger.closing is not null) as valued_account_count,
        sum(ledger.closing) as mrr
    from ledger
    inner join segments using (account_id, month_end)
    group by segments.dimension, segments.segment, segments.month_end
)

-- The opening at the rate of the month is what retention is measured on, so that no rate is retained or lost.
select
    dimension,
    segment,
    month_end,
    {% for amount in amounts -%}
    cast({{ amount }} as decimal(18, 2)) as {{ amount }},
    {% endfor -%}
    cast(opening + fx as decimal(18, 2)) as opening_revalued,
    cast(case when valued_account_count > 0 or unvalued_account_count = 0 then mrr end as decimal(18, 2)) as mrr,
    {% for movement in movements -%}
    {{ movement }}_account_count,
    {% endfor -%}
    opening_account_count,
    paying_account_count,
    unknown_account_count,
    unvalued_account_count
from summed
