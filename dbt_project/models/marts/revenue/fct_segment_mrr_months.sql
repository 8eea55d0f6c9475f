{%- set amounts = ['opening', 'new', 'reactivation', 'expansion', 'contraction', 'churn', 'fx', 'closing'] -%}
{%- set movements = ['new', 'reactivation', 'expansion', 'contraction', 'churn'] -%}

with

ledger as (select * from {{ ref('fct_mrr_months') }}),

segments as (select * from {{ ref('int_account_segment_months') }}),

-- Only rows that are known on both sides add up; the others are counted beside them. Where no customer is known, the
-- zeros of those who left earlier make no sum.
moved as (
    select
        segments.dimension,
        segments.segment,
        segments.month_end,
        {%- for amount in amounts %}
            sum(ledger.{{ amount }}) filter (where ledger.status = 'ok') as {{ amount }},
        {%- endfor %}
        {%- for movement in movements %}
            count(*) filter (where ledger.movement = '{{ movement }}') as {{ movement }}_account_count,
        {%- endfor %}
        count(*) filter (where ledger.status = 'ok' and ledger.opening > 0) as opening_account_count,
        count(*) filter (where ledger.status = 'ok' and (ledger.is_customer or ledger.opening > 0))
            as known_account_count,
        count(*) filter (where ledger.status != 'ok') as unknown_account_count
    from ledger
    inner join segments using (account_id, month_end)
    where segments.segment is not null
    group by segments.dimension, segments.segment, segments.month_end
),

-- What is there at the end belongs to the segment of the end, and also counts where its movement is not known.
closed as (
    select
        segments.dimension,
        segments.closing_segment as segment,
        segments.month_end,
        sum(ledger.closing) as mrr,
        count(*) filter (where ledger.closing > 0) as paying_account_count,
        count(*) filter (where ledger.closing is null) as unvalued_account_count,
        count(*) filter (where ledger.is_customer and ledger.closing is not null) as valued_account_count
    from ledger
    inner join segments using (account_id, month_end)
    where segments.closing_segment is not null
    group by segments.dimension, segments.closing_segment, segments.month_end
)

-- The opening at the rate of the month is what retention is measured on, so that no rate is retained or lost.
select
    dimension,
    segment,
    month_end,
    {%- for amount in amounts %}
        cast(
            case when moved.known_account_count > 0 or moved.unknown_account_count = 0 then moved.{{ amount }} end
            as decimal(18, 2)
        ) as {{ amount }},
    {%- endfor %}
    cast(
        case when moved.known_account_count > 0 or moved.unknown_account_count = 0 then moved.opening + moved.fx end
        as decimal(18, 2)
    ) as opening_revalued,
    cast(
        case
            when closed.segment is null then 0
            when closed.valued_account_count > 0 or closed.unvalued_account_count = 0 then closed.mrr
        end as decimal(18, 2)
    ) as mrr,
    {%- for counted in movements + ['opening'] %}
        case
            when moved.segment is null then 0
            when moved.known_account_count > 0 or moved.unknown_account_count = 0
                then moved.{{ counted }}_account_count
        end as {{ counted }}_account_count,
    {%- endfor %}
    case
        when closed.segment is null then 0
        when closed.valued_account_count > 0 or closed.unvalued_account_count = 0 then closed.paying_account_count
    end as paying_account_count,
    coalesce(moved.unknown_account_count, 0) as unknown_account_count,
    coalesce(closed.unvalued_account_count, 0) as unvalued_account_count
from moved
full outer join closed using (dimension, segment, month_end)
