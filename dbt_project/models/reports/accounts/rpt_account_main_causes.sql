with

reasons as (select * from {{ ref('rpt_account_change_causes') }}),

-- Of behaviour each component is a cause of its own, of the others the whole.
candidates as (
    select
        account_id,
        horizon_days,
        cause,
        component,
        case cause
            when 'model' then 'another model scores them'
            when 'availability' then 'other things are measured'
            else label
        end as label,
        change,
        case when cause = 'behaviour' then effect else cause_effect end as effect
    from reasons
    where
        cause != 'all'
        and abs(change) >= 1
        and (cause = 'behaviour' or reason_rank = 1)
)

-- The cause that did most of what happened; of a change below one point none is told.
select
    account_id,
    horizon_days,
    cause,
    label,
    effect
from candidates
qualify
    row_number() over (
        partition by account_id, horizon_days
        order by effect * sign(change) desc, cause asc, component asc
    ) = 1
