with

attention as (select * from {{ ref('rpt_accounts_needing_attention') }}),

reasons as (
    select
        attention.attention_reason as reason,
        attention.mrr
    from attention

    union all

    select
        'all' as reason,
        attention.mrr
    from attention
)

select
    reason as attention_reason,
    count(*) as account_count,
    cast(sum(mrr) as decimal(18, 2)) as mrr,
    count(*) - count(mrr) as unvalued_account_count
from reasons
group by reason
