with

warnings as (select * from {{ ref('int_load_warnings_summed') }}),

events as (select * from {{ ref('int_event_allocation_summed') }}),

account_ids as (select * from {{ ref('int_account_ids_compared') }}),

person_ids as (select * from {{ ref('stg_run__known_persons') }}),

event_kinds as (select * from {{ ref('int_event_kinds_compared') }}),

features as (select * from {{ ref('int_features_compared') }}),

plans as (select * from {{ ref('int_plans_compared') }}),

components as (select distinct component from {{ ref('score_components') }}),

-- A set of references may be of a component that no score has, or has no more.
reference_values as (
    select
        'catalogue.score_references' as subject,
        'references of a component that no score has, in force for nobody' as finding,
        component as entry,
        count(*) as row_count
    from (select component from {{ ref('stg_catalogue__score_references') }} where rejection_reason is null) as landed
    left join components using (component)
    where components.component is null
    group by component
),

compared as (
    select * from event_kinds
    union all
    select * from features
    union all
    select * from plans
    union all
    select * from reference_values
)

-- What was read with a reservation, what could not be given to anybody, and where a catalogue contradicts the data.
select
    'landing' as stage,
    system || '.' || table_name as subject,
    column_name || ': ' || warning as finding,
    'all' as entry,
    cast(null as bigint) as entry_count,
    row_count
from warnings

union all

select
    'identity' as stage,
    'product.events' as subject,
    finding,
    'all' as entry,
    cast(null as bigint) as entry_count,
    row_count
from events

union all

-- Events of an account that the CRM does not know are among those above.
select
    'identity' as stage,
    system || '.' || table_name as subject,
    case
        when recognised_account_id is null then 'its account is not in the CRM'
        when is_matched_by_key then 'names its account as its own system does, given to it by crm/account_keys'
        else 'names its account in other capitals than the CRM, taken for the same'
    end as finding,
    'all' as entry,
    cast(null as bigint) as entry_count,
    cast(sum(row_count) as bigint) as row_count
from account_ids
where
    (recognised_account_id is not null or table_name != 'events')
    and recognised_account_id is distinct from said_account_id
group by all

union all

select
    'identity' as stage,
    system || '.' || table_name as subject,
    'names a person in other capitals than the CRM, taken for the same' as finding,
    'all' as entry,
    cast(null as bigint) as entry_count,
    cast(sum(row_count) as bigint) as row_count
from person_ids
where recognised_user_id != said_user_id
group by system, table_name

union all

select
    'catalogue' as stage,
    subject,
    finding,
    entry,
    count(*) over (partition by subject, finding) as entry_count,
    row_count
from compared
