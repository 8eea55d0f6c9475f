with

built_loads as (select load_id from {{ ref('stg_run__built_loads') }}),

accounts as (
    select
        account_id,
        bool_or(load_id in (select built_loads.load_id from built_loads)) as was_known
    from {{ ref('stg_crm__accounts') }}
    where account_id is not null
    group by account_id
),

keys as (select * from {{ ref('int_account_keys_matched') }}),

merged as (select * from {{ ref('int_merged_accounts') }}),

said as (
    {% for named in tables_that_name_others() if named.account %}
        select
            '{{ named.system }}' as system,
            '{{ named.table }}' as table_name,
            {{ landed_system('staged.landed_file') }} as key_system,
            staged.{{ named.account }} as said_account_id,
            coalesce(keys.valid_from, timestamp '0001-01-01') as key_valid_from,
            count(*) as row_count
        from {{ ref('stg_' ~ named.system ~ '__' ~ named.table) }} as staged
        left join keys on {{ is_named_by('staged', named.system, named.table, named.account, 'keys') }}
        where staged.{{ named.account }} is not null and staged.rejection_reason is null
        group by all
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

-- Capitals may be all that tells two accounts apart, so an account is recognised without them only where it is alone.
folded as (
    select
        lower(account_id) as folded_account_id,
        case when count(*) = 1 then min(account_id) end as account_id,
        case when count(*) filter (where was_known) = 1 then min(account_id) filter (where was_known) end
            as former_account_id
    from accounts
    group by lower(account_id)
),

recognised as (
    select
        said.*,
        keys.recognised_account_id is not null as is_matched_by_key,
        keys.candidate_account_ids,
        coalesce(
            keys.recognised_account_id, merged.recognised_account_id, accounts.account_id, folded.account_id
        ) as recognised_account_id,
        coalesce(keys.former_account_id, merged.former_account_id, folded.former_account_id)
            as formerly_recognised_account_id,
        -- An identifier that has become an account of its own meant another one before.
        accounts.account_id is not null
        and keys.recognised_account_id is null
        and keys.former_account_id is null
        and merged.folded_account_id is null
        and (accounts.was_known or folded.former_account_id is null) as is_as_ever
    from said
    left join keys
        on
            said.said_account_id = keys.foreign_key
            and said.key_system = keys.key_system
            and said.key_valid_from = keys.valid_from
    left join accounts on said.said_account_id = accounts.account_id
    left join folded on lower(said.said_account_id) = folded.folded_account_id
    left join merged on lower(said.said_account_id) = merged.folded_account_id
)

select
    system,
    table_name,
    key_system,
    said_account_id,
    key_valid_from,
    is_matched_by_key,
    candidate_account_ids,
    recognised_account_id,
    case when is_as_ever then recognised_account_id else formerly_recognised_account_id end
        as formerly_recognised_account_id,
    row_count
from recognised
