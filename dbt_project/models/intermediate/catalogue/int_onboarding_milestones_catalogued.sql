with

landed as (select * from {{ ref('stg_catalogue__onboarding_milestones') }}),

seeded as (select * from {{ ref('onboarding_milestones') }})

select
    milestone_id,
    label,
    measure,
    subject,
    milestone_order,
    threshold,
    is_required
from landed
where rejection_reason is null
qualify {{ is_latest(['milestone_id'], []) }}

union all

-- The steps of the seed hold for anybody, and only where the company has landed none of its own.
select
    milestone_id,
    label,
    measure,
    subject,
    milestone_order,
    threshold,
    is_required
from seeded
where not exists (select 1 from landed)
