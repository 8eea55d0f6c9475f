with

interventions as (select * from {{ with_known_names('stg_crm__interventions') }}),

memberships as (select * from {{ ref('int_users_matched_to_accounts') }}),

latest as (
    select * from interventions
    where
        rejection_reason is null
        and {{ happened_by_as_of('started_at') }}
    qualify {{ is_latest(['intervention_id'], []) }}
)

-- Who was held out of an experiment is a row too, and so is what was only planned.
select
    latest.intervention_id,
    {{ found_account('latest') }} as account_id,
    {{ account_found_by('latest') }} as account_found_by,
    latest.intervention_type,
    coalesce(latest.playbook_id, latest.intervention_type) as play,
    latest.assigned_arm,
    {{ local_day('latest.started_at') }} as began_on,
    coalesce(latest.assigned_arm, 'none') != 'holdout'
    and coalesce(latest.status, 'unknown') not in ('planned', 'canceled', 'held_out') as was_done
from latest
{{ joined_to_memberships('latest', 'user_id', 'started_at') }}
