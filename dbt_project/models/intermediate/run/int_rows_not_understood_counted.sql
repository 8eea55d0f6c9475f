{{ config(materialized='ephemeral') }}

with

{% for thing in things_with_contradictions() %}
    {{ thing.model }} as (select * from {{ ref(thing.model) }}),

{% endfor %}
accounts as (select * from {{ ref('int_account_ids_compared') }}),

keys as (select * from {{ ref('int_account_keys_matched') }}),

events as (select * from {{ ref('int_event_allocation_summed') }}),

found as (
    {% for thing in things_with_contradictions() %}
        select
            '{{ thing.system }}' as system,
            '{{ thing.table }}' as table_name,
            'contradiction' as finding_kind,
            contradiction as finding,
            landed_file,
            landed_line
        from {{ thing.model }}
        where contradiction is not null
        union all
    {% endfor %}
    {% for landed in landed_tables() %}
        select
            '{{ landed.system }}' as system,
            '{{ landed.table }}' as table_name,
            'row_set_aside' as finding_kind,
            rejection_reason as finding,
            landed_file,
            landed_line
        from {{ ref('stg_' ~ landed.system ~ '__' ~ landed.table) }}
        where
            rejection_reason is not null
            -- What the source has deleted is understood.
            and rejection_reason not in ('deleted at the source', 'said to be deleted by a later row')
        union all
    {% endfor %}
    -- With all that the name could be; the name itself, unless it is an address.
    select
        'crm' as system,
        'account_keys' as table_name,
        'unknown_owner' as finding_kind,
        case when foreign_key like '%@%' then 'a name with an address in it' else foreign_key end
        || ' of ' || key_system || ' could be ' || candidate_account_ids || ', given to none' as finding,
        landed_file,
        landed_line
    from keys
    where matched_by = 'ambiguous'
),

without_owner as (
    select
        system,
        table_name,
        case
            when candidate_account_ids is null
                then 'its account is not in the CRM, for example ' || min(said_account_id)
            else
                'its account could be several, for example '
                || min(said_account_id || ' could be ' || candidate_account_ids)
        end as finding,
        sum(row_count) as row_count
    from accounts
    where recognised_account_id is null
    group by system, table_name, candidate_account_ids is null
    {% for thing in things_given_to_accounts() %}
        union all
        select
            '{{ thing.system }}' as system,
            '{{ thing.table }}' as table_name,
            case account_found_by
                when 'ambiguous' then 'of a person in several accounts, given to none'
                else 'of nobody known, given to no account'
            end as finding,
            count(*) as row_count
        from {{ ref(thing.model) }}
        where account_found_by in ('ambiguous', 'nobody')
        group by account_found_by
    {% endfor %}
    union all
    select
        'product' as system,
        'events' as table_name,
        finding,
        row_count
    from events
    where finding in (
        'of a person in several accounts, given to none',
        'of nobody known, given to no account',
        'has the identifier of another event, counted as an event of its own'
    )
)

select
    system,
    table_name,
    finding_kind,
    finding,
    count(*) as row_count,
    min(landed_file) as landed_file,
    min_by(landed_line, landed_file || lpad(cast(landed_line as string), 12, '0')) as landed_line
from found
group by system, table_name, finding_kind, finding

union all

select
    system,
    table_name,
    'unknown_owner' as finding_kind,
    finding,
    cast(row_count as bigint) as row_count,
    cast(null as string) as landed_file,
    cast(null as bigint) as landed_line
from without_owner
