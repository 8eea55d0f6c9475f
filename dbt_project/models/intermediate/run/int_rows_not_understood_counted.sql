with

{% for thing in things_with_contradictions() %}
{{ thing.model }} as (select * from {{ ref(thing.model) }}),

{% endfor %}
accounts as (select * from {{ ref('int_account_ids_compared') }}),

events as (select * from {{ ref('int_event_allocation_summed') }}),

-- What the source has deleted is understood.
set_aside as (
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
            and rejection_reason not in ('deleted at the source', 'said to be deleted by a later row')
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

contradictory as (
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
    select * from set_aside
)

select
    system,
    table_name,
    finding_kind,
    finding,
    count(*) as row_count,
    min(landed_file) as landed_file,
    min_by(landed_line, landed_file || lpad(cast(landed_line as varchar), 12, '0')) as landed_line
from contradictory
group by system, table_name, finding_kind, finding

union all

select
    system,
    table_name,
    'unknown_owner' as finding_kind,
    'its account is not in the CRM, for example ' || min(said_account_id) as finding,
    cast(sum(row_count) as bigint) as row_count,
    cast(null as varchar) as landed_file,
    cast(null as bigint) as landed_line
from accounts
where recognised_account_id is null
group by system, table_name

union all

select
    'product' as system,
    'events' as table_name,
    'unknown_owner' as finding_kind,
    finding,
    row_count,
    cast(null as varchar) as landed_file,
    cast(null as bigint) as landed_line
from events
where
    finding in (
        'of a person in several accounts, given to none',
        'of nobody known, given to no account',
        'has the identifier of another event, counted as an event of its own'
    )
