{{ config(materialized='ephemeral') }}

with

contacts as (select * from {{ ref('int_contacts_deduplicated') }}),

talks as (select * from {{ ref('int_account_talks') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

told as (select min(first_told_date) as told_from from talks),

roles as (
    select
        contacts.account_id,
        contacts.contact_role,
        bool_or(contacts.end_date > parameters.as_of_date) as is_held,
        max(case when contacts.end_date <= parameters.as_of_date then contacts.end_date end) as left_on
    from contacts
    cross join parameters
    where contacts.contact_role in ('sponsor', 'buyer', 'champion')
    group by contacts.account_id, contacts.contact_role
),

vacant as (
    select roles.*
    from roles
    inner join parameters on roles.left_on > parameters.as_of_date - {{ var('contact_left_days') }}
    where not roles.is_held
),

deciding as (
    select
        account_id,
        bool_or(is_held) as is_known
    from roles
    where contact_role in ('sponsor', 'buyer')
    group by account_id
)

select
    account_id,
    'contact left' as signal,
    contact_role as subject_id,
    contact_role || ' left, and nobody has the role now' as what,
    left_on as since,
    cast(null as double) as amount,
    cast(null as string) as unit
from vacant

union all

-- Somebody who left is told above. Where no contact has a role nobody knows who decides.
select
    accounts.account_id,
    'nobody decides' as signal,
    'sponsor or buyer' as subject_id,
    'neither a sponsor nor a buyer is known' as what,
    cast(null as date) as since,
    cast(null as double) as amount,
    cast(null as string) as unit
from accounts
left join deciding using (account_id)
where
    exists (select 1 from contacts where contacts.contact_role is not null)
    and not coalesce(deciding.is_known, false)
    and accounts.account_id not in (select vacant.account_id from vacant)

union all

-- Silence of an account is known only where talks are told, and for as long as they are.
select
    accounts.account_id,
    'no talk' as signal,
    'talk' as subject_id,
    'no talk in which both sides took part' as what,
    talks.last_two_way_date + 1 as since,
    cast({{ days_between('talks.last_two_way_date', 'parameters.as_of_date') }} as double) as amount,
    'days' as unit
from accounts
cross join parameters
inner join told on told.told_from <= parameters.as_of_date - {{ var('talk_silent_days') }}
left join talks using (account_id)
where
    accounts.first_date <= parameters.as_of_date - {{ var('talk_silent_days') }}
    and coalesce(talks.last_two_way_date <= parameters.as_of_date - {{ var('talk_silent_days') }}, true)
