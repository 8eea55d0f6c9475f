with

requests as (select * from {{ ref('int_feature_requests_deduplicated') }}),

accounts as (select * from {{ ref('rpt_accounts') }}),

-- A customer that wishes for a thing twice has one voice, and its whole revenue.
voices as (
    select
        requests.idea_id,
        requests.account_id,
        max(requests.idea_title) as idea_title,
        bool_or(requests.is_open) as is_open,
        bool_or(requests.is_planned) as is_planned,
        min(requests.requested_on) as first_requested_on,
        max(requests.requested_on) as last_requested_on
    from requests
    group by requests.idea_id, requests.account_id
)

select
    voices.idea_id,
    coalesce(max(voices.idea_title), voices.idea_id) as idea_title,
    bool_or(voices.is_planned) as has_plan,
    count(*) as account_count,
    count(accounts.mrr) as known_mrr_count,
    cast(sum(accounts.mrr) as decimal(18, 2)) as mrr,
    count(*) filter (where accounts.band = 'at_risk') as at_risk_account_count,
    cast(sum(accounts.mrr) filter (where accounts.band = 'at_risk') as decimal(18, 2)) as at_risk_mrr,
    count(*) filter (
        where {{ days_between('accounts.as_of_date', 'accounts.renewal_date') }} <= {{ var('renewal_notice_days') }}
    ) as renewing_account_count,
    min(voices.first_requested_on) as first_requested_on,
    max(voices.last_requested_on) as last_requested_on
from voices
inner join accounts using (account_id)
where voices.is_open
group by voices.idea_id
