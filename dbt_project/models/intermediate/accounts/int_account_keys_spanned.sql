{{ config(materialized='ephemeral') }}

with

built_loads as (select load_id from {{ ref('stg_run__built_loads') }}),

crm_systems as (select distinct {{ landed_system('landed_file') }} as system from {{ ref('stg_crm__accounts') }}),

-- What is known now, and what was known at the last build.
versions as (
    select true as is_now
    union all
    select false as is_now
),

-- A line that was delivered again, as with the end that it had not before, takes the place of the former.
keys as (
    select
        versions.is_now,
        keys.key_system,
        keys.foreign_key,
        keys.account_id,
        {{ own_domain('keys.key_domain') }} as key_domain,
        coalesce(keys.valid_from, timestamp '0001-01-01') as valid_from,
        coalesce(keys.valid_to, timestamp '9999-12-31') as valid_to,
        keys.landed_file,
        keys.landed_line
    from {{ ref('stg_crm__account_keys') }} as keys
    cross join versions
    where
        keys.rejection_reason is null
        and (versions.is_now or keys.load_id in (select built_loads.load_id from built_loads))
    qualify {{ is_latest(
        ['versions.is_now', 'keys.key_system', 'keys.foreign_key', 'keys.account_id', 'keys.valid_from'], []
    ) }}
),

moments as (
    select
        key_system,
        foreign_key,
        timestamp '0001-01-01' as moment
    from keys
    union
    select
        key_system,
        foreign_key,
        valid_from as moment
    from keys
    union
    select
        key_system,
        foreign_key,
        valid_to as moment
    from keys
),

-- Between two moments a name has the same keys all the time.
spans as (
    select
        key_system,
        foreign_key,
        moment as valid_from,
        lead(moment, 1, timestamp '9999-12-31') over (partition by key_system, foreign_key order by moment) as valid_to
    from moments
    where moment < timestamp '9999-12-31'
)

select
    versions.is_now,
    spans.key_system,
    spans.foreign_key,
    spans.valid_from,
    spans.valid_to,
    spans.key_system in (select crm_systems.system from crm_systems) and spans.valid_to = timestamp '9999-12-31'
        as is_of_the_crm,
    keys.account_id,
    keys.key_domain,
    keys.landed_file,
    keys.landed_line
from spans
cross join versions
left join keys
    on
        versions.is_now = keys.is_now
        and spans.key_system = keys.key_system
        and spans.foreign_key = keys.foreign_key
        and spans.valid_from >= keys.valid_from
        and spans.valid_to <= keys.valid_to
