with

starts as (select * from {{ ref('int_account_starts') }}),

rules as (select * from {{ ref('activation_rules') }}),

progress as (select * from {{ ref('int_onboarding_progress') }}),

memberships as (select * from {{ ref('int_memberships_dated') }}),

user_days as (select * from {{ ref('fct_user_activity_daily') }}),

parameters as (select * from {{ ref('stg_run__parameters') }}),

-- The day on which each condition of a rule is met, within the days that the rule allows.
-- No account is asked for more people than it has seats.
conditions as (
    select
        starts.account_id,
        starts.seat_count,
        rules.rule_id,
        starts.started_on,
        starts.served_from + rules.within_days - 1 as first_matures_on,
        rules.within_days,
        rules.measure,
        rules.subject,
        rules.threshold,
        min(progress.activity_date) as met_on
    from starts
    cross join rules
    left join progress
        on
            starts.account_id = progress.account_id
            and rules.measure = progress.measure
            and coalesce(rules.subject, 'any') = progress.subject
            and progress.amount_so_far >= case
                when rules.measure = 'active_users'
                    then least(rules.threshold, coalesce(starts.seat_count, rules.threshold))
                else rules.threshold
            end
            and progress.activity_date < starts.started_on + rules.within_days
    group by all
),

people as (
    select
        account_id,
        user_id,
        first_date as known_from
    from memberships
    union all
    select
        account_id,
        user_id,
        activity_date as known_from
    from user_days
    where not is_internal
),

-- Whose seats nobody tells, and who was never seen to have as many people as a rule asks for, could not meet it.
too_few as (
    select
        conditions.account_id,
        conditions.rule_id
    from conditions
    left join people
        on
            conditions.account_id = people.account_id
            and people.known_from < conditions.started_on + conditions.within_days
    where conditions.measure = 'active_users' and conditions.seat_count is null
    group by conditions.account_id, conditions.rule_id, conditions.threshold
    having count(distinct people.user_id) < conditions.threshold
),

judged as (
    select
        account_id,
        rule_id,
        started_on,
        started_on + within_days - 1 as matures_on,
        first_matures_on,
        case
            when count(met_on) < count(*) then null
            -- What was too late by the first clock counts from the day on which the account went live.
            when max(met_on) > first_matures_on then greatest(max(met_on), started_on)
            else max(met_on)
        end as activated_on
    from conditions
    group by account_id, rule_id, started_on, within_days, first_matures_on
)

-- Not activated is known only when the days of the rule are over.
select
    judged.account_id,
    judged.rule_id,
    judged.started_on,
    judged.matures_on,
    judged.first_matures_on,
    judged.activated_on,
    case
        when judged.activated_on is not null then true
        when too_few.account_id is not null then null
        when judged.matures_on <= parameters.as_of_date then false
    end as is_activated,
    too_few.account_id is null or judged.matures_on > parameters.as_of_date as is_applicable
from judged
cross join parameters
left join too_few using (account_id, rule_id)
