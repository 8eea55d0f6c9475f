with

accounts as (select * from {{ ref('rpt_accounts') }}),

attention as (select * from {{ ref('rpt_accounts_needing_attention') }}),

renewals as (select * from {{ ref('rpt_renewals_not_healthy') }}),

renewing as (
    select
        account_id,
        count(*) as contract_count
    from renewals
    group by account_id
),

books as (
    select
        accounts.csm_id,
        accounts.mrr,
        attention.account_id is not null as needs_attention,
        coalesce(renewing.contract_count, 0) as renewing_contract_count
    from accounts
    left join attention on accounts.account_id = attention.account_id
    left join renewing on accounts.account_id = renewing.account_id
)

-- Who has how much to do this week; accounts that nobody owns are a book of their own.
select
    coalesce(csm_id, 'nobody') as csm_id,
    count(*) as account_count,
    count(*) filter (where needs_attention) as attention_count,
    cast(sum(renewing_contract_count) as bigint) as renewals_90d_not_healthy_count,
    cast(sum(mrr) as decimal(18, 2)) as mrr,
    count(*) - count(mrr) as unvalued_account_count,
    cast({{ known_sum('mrr', 'needs_attention') }} as decimal(18, 2)) as attention_mrr
from books
group by coalesce(csm_id, 'nobody')
