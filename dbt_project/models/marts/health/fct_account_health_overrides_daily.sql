with

conditions as (select * from {{ ref('int_health_conditions_daily') }}),

rules as (select * from {{ ref('score_override_rules') }}),

manual_caps as (select * from {{ ref('score_overrides_manual') }}),

dates as (select * from {{ ref('int_days_spined') }}),

broken as (
    select
        conditions.account_id,
        conditions.score_date,
        conditions.condition_value,
        rules.override_rule,
        rules.cap,
        rules.expires_after_days,
        row_number() over (
            partition by conditions.account_id, rules.override_rule
            order by conditions.score_date
        ) as day_number
    from conditions
    inner join rules
        on
            conditions.condition = rules.condition
            and conditions.condition_value >= rules.at_least
            and conditions.score_date >= rules.valid_from
            and (rules.valid_to is null or conditions.score_date < rules.valid_to)
),

-- Days in a row on which the condition held; a rule that has had its say for so long says nothing new.
aged as (
    select
        *,
        row_number() over (
            partition by account_id, override_rule, score_date - cast(day_number as integer)
            order by score_date
        ) as days_held
    from broken
)

select
    account_id,
    score_date,
    override_rule,
    'rule' as origin,
    cast(condition_value as double) as condition_value,
    cast(cap as double) as cap
from aged
where days_held <= expires_after_days

union all

select
    manual_caps.account_id,
    dates.date_day as score_date,
    'manual: ' || manual_caps.reason as override_rule,
    'manual' as origin,
    cast(null as double) as condition_value,
    cast(manual_caps.cap as double) as cap
from manual_caps
inner join dates
    on
        manual_caps.starts_on <= dates.date_day
        and manual_caps.expires_on > dates.date_day
