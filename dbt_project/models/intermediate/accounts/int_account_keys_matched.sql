with

built_loads as (select load_id from {{ ref('stg_run__built_loads') }}),

keys as (select * from {{ ref('int_account_keys_spanned') }}),

staged as (
    select
        account_id,
        domain,
        load_id,
        {{ landed_system('landed_file') }} as system
    from {{ ref('stg_crm__accounts') }}
    where account_id is not null and rejection_reason is null
),

accounts as (
    select distinct true as is_now, account_id, {{ own_domain('domain') }} as domain
    from staged
    union all
    select distinct false as is_now, account_id, {{ own_domain('domain') }} as domain
    from staged
    where load_id in (select built_loads.load_id from built_loads)
),

-- A name that the CRM itself has given to another account is one that was merged into it, and means that one everywhere.
merged as (
    select keys.is_now, keys.foreign_key as name, accounts.account_id
    from keys
    inner join accounts on keys.is_now = accounts.is_now and lower(keys.account_id) = lower(accounts.account_id)
    where keys.key_system in (select staged.system from staged) and keys.valid_to = timestamp '9999-12-31'
),

names as (
    select is_now, name, account_id from merged
    union
    select accounts.is_now, accounts.account_id as name, accounts.account_id
    from accounts
    left join merged on accounts.is_now = merged.is_now and accounts.account_id = merged.name
    where merged.name is null
),

-- Exact key first, then the name that is the CRM's own, then a domain; nothing is guessed from names that look alike.
candidates as (
    select keys.*, 1 as step, 'key' as matched_by, names.account_id as candidate
    from keys
    inner join names on keys.is_now = names.is_now and lower(keys.account_id) = lower(names.name)
    union all
    select keys.*, 2 as step, 'key' as matched_by, names.account_id as candidate
    from keys
    inner join names on keys.is_now = names.is_now and keys.foreign_key = names.name
    union all
    select keys.*, 3 as step, 'domain' as matched_by, accounts.account_id as candidate
    from keys
    inner join accounts on keys.is_now = accounts.is_now and keys.key_domain = accounts.domain
),

first_steps as (
    select distinct is_now, key_system, foreign_key, valid_from, matched_by, candidate from candidates
    qualify step = min(step) over (partition by is_now, key_system, foreign_key, valid_from)
),

matched as (
    select
        is_now,
        key_system,
        foreign_key,
        valid_from,
        case when count(*) = 1 then min(matched_by) else 'ambiguous' end as matched_by,
        case when count(*) = 1 then min(candidate) end as account_id,
        {{ texts_in_order('candidate', ', ') }} as candidate_account_ids
    from first_steps
    group by is_now, key_system, foreign_key, valid_from
),

named as (
    select key_system, foreign_key, valid_from, valid_to, min(landed_file) as landed_file, min_by(landed_line, landed_file) as landed_line
    from keys
    group by key_system, foreign_key, valid_from, valid_to
)

select
    named.*,
    coalesce(now_matched.matched_by, 'unmatched') as matched_by,
    now_matched.account_id as recognised_account_id,
    formerly_matched.account_id as former_account_id,
    case when now_matched.matched_by = 'ambiguous' then now_matched.candidate_account_ids end as candidate_account_ids,
    named.key_system in (select staged.system from staged) and named.valid_to = timestamp '9999-12-31' as is_of_the_crm
from named
left join matched as now_matched
    on
        named.key_system = now_matched.key_system
        and named.foreign_key = now_matched.foreign_key
        and named.valid_from = now_matched.valid_from
        and now_matched.is_now
left join matched as formerly_matched
    on
        named.key_system = formerly_matched.key_system
        and named.foreign_key = formerly_matched.foreign_key
        and named.valid_from = formerly_matched.valid_from
        and not formerly_matched.is_now
