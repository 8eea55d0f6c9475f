with

keys as (select * from {{ ref('int_account_keys_matched') }}),

compared as (select * from {{ ref('int_account_ids_compared') }}),

-- A name that was given to one account after another counts by the newest of them.
keyed as (
    select
        *,
        -- Salesforce calls an account by 18 characters and by the first 15 of them.
        length(foreign_key) = 15
        and (
            max(length(foreign_key)) over (partition by key_system, left(foreign_key, 15)) = 18
            or (length(recognised_account_id) = 18 and left(recognised_account_id, 15) = foreign_key)
        ) as is_shortened
    from keys
    qualify row_number() over (
        partition by key_system, foreign_key order by matched_by = 'unmatched', valid_from desc
    ) = 1
),

said as (
    select
        key_system,
        said_account_id as foreign_key,
        bool_or(recognised_account_id is not null and not is_matched_by_key) as is_known_to_the_crm
    from compared
    group by key_system, said_account_id
),

names as (
    select
        coalesce(keyed.key_system, said.key_system) as key_system,
        coalesce(keyed.foreign_key, said.foreign_key) as foreign_key,
        case
            when coalesce(keyed.matched_by, 'unmatched') != 'unmatched' then keyed.matched_by
            when said.is_known_to_the_crm then 'key'
            else 'unmatched'
        end as matched_by,
        keyed.candidate_account_ids
    from keyed
    full outer join said on keyed.key_system = said.key_system and keyed.foreign_key = said.foreign_key
    -- The shorter one is no second name where nobody says it.
    where said.foreign_key is not null or not coalesce(keyed.is_shortened, false)
)

-- A name with an address in it is about a person.
select
    key_system,
    count(*) as name_count,
    count(*) filter (where matched_by = 'key') as matched_by_key_count,
    count(*) filter (where matched_by = 'domain') as matched_by_domain_count,
    count(*) filter (where matched_by = 'ambiguous') as ambiguous_count,
    count(*) filter (where matched_by = 'unmatched') as unmatched_count,
    min(
        case
            when matched_by = 'ambiguous' and foreign_key not like '%@%'
                then foreign_key || ' could be ' || candidate_account_ids
        end
    ) as ambiguous_example,
    min(case when matched_by = 'unmatched' and foreign_key not like '%@%' then foreign_key end) as unmatched_example
from names
group by key_system
