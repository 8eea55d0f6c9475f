with

keys as (select * from {{ ref('int_account_keys_spanned') }}),

names as (select * from {{ ref('int_account_names') }}),

-- Exact key first, then the name that is the CRM's own, then a domain; nothing is guessed from names that look alike.
candidates as (
    select
        keys.*,
        1 as step,
        'key' as matched_by,
        names.account_id as candidate
    from keys
    inner join names on keys.is_now = names.is_now and lower(keys.account_id) = lower(names.name)
    union all
    select
        keys.*,
        2 as step,
        'key' as matched_by,
        names.account_id as candidate
    from keys
    inner join names on keys.is_now = names.is_now and keys.foreign_key = names.name
    union all
    select
        keys.*,
        3 as step,
        'domain' as matched_by,
        names.account_id as candidate
    from keys
    inner join names on keys.is_now = names.is_now and keys.key_domain = names.domain
),

first_steps as (
    select distinct
        is_now,
        key_system,
        foreign_key,
        valid_from,
        matched_by,
        candidate
    from candidates
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
        case when count(*) > 1 then {{ texts_in_order('candidate', ', ') }} end as candidate_account_ids
    from first_steps
    group by is_now, key_system, foreign_key, valid_from
),

named as (
    select
        key_system,
        foreign_key,
        valid_from,
        valid_to,
        is_of_the_crm,
        min(landed_file) as landed_file,
        min_by(landed_line, landed_file) as landed_line
    from keys
    group by key_system, foreign_key, valid_from, valid_to, is_of_the_crm
)

select
    named.*,
    coalesce(now_matched.matched_by, 'unmatched') as matched_by,
    now_matched.account_id as recognised_account_id,
    formerly_matched.account_id as former_account_id,
    now_matched.candidate_account_ids
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
