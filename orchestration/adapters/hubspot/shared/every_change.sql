-- Changes of properties as the history tells them, and those that follow from what the company is now.
with

changes as (
    select company_id, changed_at, property, coalesce(value, '') as said, landed_file, landed_line
    from dated_change
    where changed_at is not null
),

firsts as (
    select company_id, changed_at, landed_file, landed_line
    from changes
    qualify row_number() over (partition by company_id order by changed_at, landed_file desc, landed_line desc) = 1
),

lasts as (
    select * from changes
    qualify
        row_number() over (
            partition by company_id, property order by changed_at desc, landed_file desc, landed_line desc
        ) = 1
),

present as (
    unpivot (
        select
            company_id, to_time(hs_lastmodifieddate) as seen_at,
            name, domain, hs_parent_company_id, type, lifecyclestage, industry, country, state, numberofemployees,
            size_band, age_band, plan_override, lifecycle_override, hubspot_owner_id, customer_success_manager, timezone
        from latest_company
    )
    on columns(* exclude (company_id, seen_at))
    into name property value said
)

select company_id, changed_at, property, said, landed_file, landed_line from changes
union all
-- A property of which the history tells nothing was always what it is now.
select present.company_id, firsts.changed_at, present.property, present.said, firsts.landed_file, firsts.landed_line
from present
inner join firsts on firsts.company_id = present.company_id
left join lasts on lasts.company_id = present.company_id and lasts.property = present.property
where lasts.company_id is null
union all
-- What is otherwise than its last change says has changed again, by the last change of the company.
select present.company_id, present.seen_at, present.property, present.said, lasts.landed_file, lasts.landed_line
from present
inner join lasts on lasts.company_id = present.company_id and lasts.property = present.property
where present.seen_at > lasts.changed_at and as_key(present.said) <> coalesce(as_key(lasts.said), '')
