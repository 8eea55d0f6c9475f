with

rules as (select * from {{ ref('dim_alert_rules') }} where status = 'live'),

states as (
    select
        states.*,
        rules.grain,
        case when rules.grain = 'account' then states.entity_id end as account_id
    from {{ ref('fct_alert_states') }} as states
    inner join rules on states.rule = rules.rule
    where states.is_open
),

accounts as (select * from {{ ref('dim_accounts') }}),

account_days as (select * from {{ ref('fct_account_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }})

select
    states.rule,
    states.entity_id,
    states.grain,
    {{ entity_in_words('states', 'accounts.account_name') }} as entity_name,
    rules.label,
    rules.unit,
    rules.runbook,
    case when rules.owner = 'csm' then coalesce(accounts.csm_id, 'nobody') else rules.owner end as owner,
    states.state,
    case states.severity_rank when 2 then 'critical' else 'warning' end as severity,
    states.blocked_by,
    states.told_rank is not null as is_told,
    cast({{ days_between('states.opened_on', 'states.alert_date') }} as integer) as days_open,
    states.observed_value,
    account_days.mrr,
    states.opened_on,
    states.value_date,
    states.alert_date as as_of_date
from states
inner join parameters on states.alert_date = parameters.as_of_date
inner join rules on states.rule = rules.rule
left join accounts on states.account_id = accounts.account_id
left join account_days on states.account_id = account_days.account_id and states.alert_date = account_days.activity_date
