with

built_loads as (select load_id from {{ ref('stg_run__built_loads') }}),

-- What is known now, and what was known at the last build.
versions as (
    select true as is_now
    union all
    select false as is_now
),

keys as (
    select
        versions.is_now,
        keys.key_system,
        keys.foreign_key,
        keys.account_id,
        keys.key_domain
    from {{ ref('stg_crm__account_keys') }} as keys
    cross join versions
    where
        keys.rejection_reason is null
        and keys.valid_to is null
        and (versions.is_now or keys.load_id in (select built_loads.load_id from built_loads))
),

accounts as (
    select distinct
        versions.is_now,
        accounts.account_id,
        accounts.domain
    from {{ ref('stg_crm__accounts') }} as accounts
    cross join versions
    where
        accounts.account_id is not null
        and accounts.rejection_reason is null
        and (versions.is_now or accounts.load_id in (select built_loads.load_id from built_loads))
),

-- Exact key first, then the name that is the CRM's own, then a domain; nothing is guessed from names that look alike.
candidates as (
    select
        keys.is_now,
        keys.key_system,
        keys.foreign_key,
        1 as step,
        'key' as matched_by,
        accounts.account_id
    from keys
    inner join accounts on keys.is_now = accounts.is_now and lower(keys.account_id) = lower(accounts.account_id)
    union
    select
        keys.is_now,
        keys.key_system,
        keys.foreign_key,
        2 as step,
        'key' as matched_by,
        accounts.account_id
    from keys
    inner join accounts on keys.is_now = accounts.is_now and keys.foreign_key = accounts.account_id
    union
    select
        keys.is_now,
        keys.key_system,
        keys.foreign_key,
        3 as step,
        'domain' as matched_by,
        accounts.account_id
    from keys
    inner join accounts on keys.is_now = accounts.is_now and keys.key_domain = accounts.domain
),

first_steps as (
    select * from candidates
    qualify step = min(step) over (partition by is_now, key_system, foreign_key)
),

matched as (
    select
        is_now,
        key_system,
        foreign_key,
        case when count(*) = 1 then min(matched_by) else 'ambiguous' end as matched_by,
        case when count(*) = 1 then min(account_id) end as account_id,
        {{ texts_in_order('account_id', ', ') }} as candidate_account_ids
    from first_steps
    group by is_now, key_system, foreign_key
),

named as (
    select distinct
        key_system,
        foreign_key
    from keys
)

select
    named.key_system,
    named.foreign_key,
    coalesce(now_matched.matched_by, 'unmatched') as matched_by,
    now_matched.account_id as recognised_account_id,
    formerly_matched.account_id as former_account_id,
    case when now_matched.matched_by = 'ambiguous' then now_matched.candidate_account_ids end as candidate_account_ids
from named
left join matched as now_matched
    on named.key_system = now_matched.key_system and named.foreign_key = now_matched.foreign_key and now_matched.is_now
left join matched as formerly_matched
    on
        named.key_system = formerly_matched.key_system
        and named.foreign_key = formerly_matched.foreign_key
        and not formerly_matched.is_now
