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

said as (
    {% for named in tables_that_name_others() if named.account %}
        select
            '{{ named.system }}' as system,
            '{{ named.table }}' as table_name,
            {{ landed_system('landed_file') }} as key_system,
            {{ named.account }} as said_account_id,
            count(*) as row_count
        from {{ ref('stg_' ~ named.system ~ '__' ~ named.table) }}
        where {{ named.account }} is not null and rejection_reason is null
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
)

-- An identifier that has become an account of its own meant another one before.
select
    said.system,
    said.table_name,
    said.key_system,
    said.said_account_id,
    keys.recognised_account_id is not null as is_matched_by_key,
    coalesce(keys.recognised_account_id, accounts.account_id, folded.account_id) as recognised_account_id,
    coalesce(keys.former_account_id, folded.former_account_id) as formerly_recognised_account_id,
    said.row_count
from said
left join keys on said.said_account_id = keys.foreign_key and said.key_system = keys.key_system
left join accounts on said.said_account_id = accounts.account_id
left join folded on lower(said.said_account_id) = folded.folded_account_id
where
    accounts.account_id is null
    or keys.recognised_account_id is not null
    or keys.former_account_id is not null
    or (not accounts.was_known and folded.former_account_id is not null)
