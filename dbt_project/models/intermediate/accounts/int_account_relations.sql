{{ config(materialized='ephemeral') }}

with

accounts as (select * from {{ ref('dim_accounts') }}),

talks as (select * from {{ ref('int_account_talks') }}),

contacts as (select * from {{ ref('int_contacts_deduplicated') }}),

integrations as (select * from {{ ref('int_integrations_deduplicated') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

told as (
    select
        (select count(contacts.contact_role) from contacts) > 0 as has_contact_roles,
        (select count(integrations.status) from integrations) > 0 as has_integration_statuses
),

deciding as (
    select
        contacts.account_id,
        count(*) as decision_maker_count
    from contacts
    inner join parameters on contacts.end_date > parameters.as_of_date
    where contacts.contact_role in ('sponsor', 'buyer')
    group by contacts.account_id
),

connected as (
    select
        account_id,
        count(*) filter (where status in ('connected', 'failing')) as integration_count,
        count(*) filter (where status = 'failing') as failing_integration_count
    from integrations
    group by account_id
)

-- Nobody and nothing is a count only where somebody's role and some connection's status is told.
select
    accounts.account_id,
    talks.last_two_way_date,
    case when told.has_contact_roles then coalesce(deciding.decision_maker_count, 0) end as decision_maker_count,
    case when told.has_integration_statuses then coalesce(connected.integration_count, 0) end as integration_count,
    case
        when told.has_integration_statuses then coalesce(connected.failing_integration_count, 0)
    end as failing_integration_count
from accounts
cross join told
left join talks using (account_id)
left join deciding using (account_id)
left join connected using (account_id)
