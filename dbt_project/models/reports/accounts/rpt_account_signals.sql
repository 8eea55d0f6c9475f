with

accounts as (select * from {{ ref('rpt_accounts') }}),

account_features as (select * from {{ ref('fct_account_features') }} where silent_since is not null),

features as (select * from {{ ref('dim_features') }}),

exit_signals as (select * from {{ ref('int_account_exit_signals') }}),

access_lost as (select * from {{ ref('int_account_access_lost') }}),

relation_signals as (select * from {{ ref('int_account_relation_signals') }}),

renewals as (select * from {{ ref('int_renewal_opportunities') }} where outcome = 'open'),

integrations as (select * from {{ ref('int_integrations_deduplicated') }}),

commitments as (select * from {{ ref('rpt_commitments') }} where pace_status not in ('met', 'on pace', 'not told')),

requests as (select * from {{ ref('int_feature_requests_deduplicated') }} where is_open),

noticed as (
    select * from exit_signals
    union all
    select * from access_lost
    union all
    select * from relation_signals
    union all
    select
        account_features.account_id,
        'feature silent',
        account_features.feature_id,
        coalesce(features.feature_name, account_features.feature_id) || ', used steadily before',
        account_features.silent_since,
        account_features.used_week_count,
        'weeks with use before it'
    from account_features
    inner join features using (feature_id)
    union all
    select
        renewals.account_id,
        'renewal',
        renewals.opportunity_id,
        case
            when renewals.close_date <= accounts.as_of_date then 'renewal still open after its day'
            else 'renewal expected below what is due'
        end,
        renewals.close_date,
        round(100 * renewals.amount / nullif(renewals.target, 0), 1),
        '% of what is due'
    from renewals
    inner join accounts using (account_id)
    where renewals.close_date <= accounts.as_of_date or 10 * renewals.amount < 9 * renewals.target
    union all
    select
        account_id,
        'connection',
        integration_id,
        integration_kind || case when status = 'failing' then ' connection fails' else ' was disconnected' end,
        case when status = 'failing' then failing_since else disconnected_on end,
        null,
        null
    from integrations
    where status in ('failing', 'disconnected')
    union all
    select
        account_id,
        'metered use',
        commitment_id,
        meter || ', ' || commitment_kind || ': ' || pace_status,
        starts_on,
        round(100 * used_share, 1),
        '% used'
    from commitments
    union all
    select
        account_id,
        'wish',
        request_id,
        coalesce(idea_title, idea_id),
        requested_on,
        null,
        null
    from requests
)

select
    noticed.account_id,
    accounts.account_name,
    accounts.plan,
    accounts.csm_id,
    accounts.band,
    accounts.mrr,
    noticed.signal,
    noticed.subject_id,
    noticed.what,
    noticed.since,
    noticed.amount,
    noticed.unit,
    accounts.last_active_date
from noticed
inner join accounts using (account_id)
where
    noticed.signal != 'connection'
    or coalesce(noticed.since > accounts.as_of_date - {{ var('connection_cut_days') }}, true)
