with

playbooks as (select * from {{ ref('playbooks') }}),

triggers as (select * from {{ ref('play_triggers') }}),

capacity as (select * from {{ ref('owner_capacity') }}),

accounts as (select * from {{ ref('dim_accounts') }}),

account_days as (select * from {{ ref('fct_account_daily') }}),

interventions as (select * from {{ ref('int_interventions_deduplicated') }}),

coverage as (select * from {{ ref('dim_source_coverage') }} where source = 'crm_interventions'),

parameters as (select * from {{ ref('stg_run__parameters') }}),

unowned as (
    select
        count(*) as account_count,
        min(account_days.account_id) as account_id
    from account_days
    inner join parameters on account_days.activity_date = parameters.as_of_date
    inner join accounts on account_days.account_id = accounts.account_id
    where account_days.is_in_population and accounts.csm_id is null
),

unknown_plays as (
    select
        interventions.play,
        count(*) as row_count
    from interventions
    left join playbooks on interventions.play = playbooks.play
    where playbooks.play is null and interventions.play is not null
    group by interventions.play
),

problems as (
    select
        'playbooks' as found_in,
        playbooks.play as named,
        {{ play_problem() }} as problem
    from playbooks
    left join triggers on playbooks.trigger_kind = triggers.trigger_kind

    union all

    select
        'owner_capacity' as found_in,
        capacity.owner as named,
        'The owner ' || capacity.owner || ' has hours, but owns no account and no play is theirs, so nothing is done '
        || 'in them. Write the owner as crm/accounts does, or take the row out.' as problem
    from capacity
    where
        capacity.owner not in (select accounts.csm_id from accounts where accounts.csm_id is not null)
        and capacity.owner not in (select playbooks.owner_role from playbooks where playbooks.owner_role is not null)

    union all

    select
        'crm/accounts' as found_in,
        account_id as named,
        cast(account_count as string) || ' accounts have no owner, ' || account_id || ' first, so nobody has hours '
        || 'for them and all that is due there is deferred. Fill csm_id in crm/accounts.' as problem
    from unowned
    where account_count > 0

    union all

    select
        'crm/interventions' as found_in,
        'crm/interventions' as named,
        'No intervention has landed, so nobody knows what was done and whether it helped: nothing is covered, what '
        || 'became of a recommendation is not known, and no play has an effect. Export crm/interventions.' as problem
    from coverage
    where not is_covered

    union all

    select
        'crm/interventions' as found_in,
        play as named,
        cast(row_count as string) || ' interventions belong to ' || play || ', which is no play of the seed '
        || 'playbooks: its effect is estimated all the same, and nobody is recommended it. Name the play in the seed, '
        || 'or correct playbook_id in the CRM.' as problem
    from unknown_plays
)

select distinct
    found_in,
    named,
    problem
from problems
where problem is not null
