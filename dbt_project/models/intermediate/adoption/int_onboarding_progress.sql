with

amounts as (select * from {{ ref('int_onboarding_amounts') }}),

milestones as (select * from {{ ref('int_onboarding_milestones_catalogued') }}),

rules as (select * from {{ ref('activation_rules') }}),

-- Beyond the highest threshold that anybody asks for, progress says nothing more.
wanted as (
    select
        measure,
        coalesce(subject, 'any') as subject,
        max(threshold) as highest_threshold
    from (
        select
            measure,
            subject,
            threshold
        from milestones
        union all
        select
            measure,
            subject,
            threshold
        from rules
    ) as conditions
    group by measure, coalesce(subject, 'any')
),

summed as (
    select
        account_id,
        measure,
        subject,
        activity_date,
        amount,
        sum(amount) over (
            partition by account_id, measure, subject
            order by activity_date
        ) as amount_so_far
    from amounts
)

select
    summed.account_id,
    summed.measure,
    summed.subject,
    summed.activity_date,
    cast(summed.amount_so_far as bigint) as amount_so_far
from summed
inner join wanted using (measure, subject)
where summed.amount > 0 and summed.amount_so_far - summed.amount < wanted.highest_threshold
