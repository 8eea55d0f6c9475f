with

changes as (select * from {{ ref('fct_account_health_changes') }} where horizon_days = 28),

health as (select * from {{ ref('fct_account_health_daily') }} where health_score is not null),

-- As a decimal, so that the order of the sum does not show.
behaviour as (
    select
        account_id,
        score_date,
        cast(sum(cast(effect as decimal(18, 12))) filter (where cause = 'behaviour') as double) as behaviour_effect
    from changes
    group by account_id, score_date
),

caps as (
    {{ lowest_caps() }}
)

select
    behaviour.account_id,
    behaviour.score_date,
    {{ customer_change('earlier.base_score', 'behaviour.behaviour_effect', 'caps.cap', 'earlier.health_score') }}
        as customer_change
from behaviour
inner join health as earlier
    on
        behaviour.account_id = earlier.account_id
        and behaviour.score_date = earlier.score_date + 28
left join caps on behaviour.account_id = caps.account_id and behaviour.score_date = caps.score_date
