with

interventions as (select * from {{ with_known_accounts('stg_crm__interventions') }})

-- Who was held out of an experiment is a row too, and so is what was only planned.
select
    intervention_id,
    account_id,
    intervention_type,
    assigned_arm,
    {{ local_day('started_at') }} as began_on,
    coalesce(assigned_arm, 'none') != 'holdout'
    and coalesce(status, 'unknown') not in ('planned', 'canceled', 'held_out') as was_done
from interventions
where
    rejection_reason is null
    and {{ happened_by_as_of('started_at') }}
qualify {{ is_latest(['intervention_id'], []) }}
