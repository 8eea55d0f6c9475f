-- Attributes as they were: from each change of one on, with what the others were then.
with

-- The properties that are told dated.
dated as (
    select * from each_change
    where
        property in (
            'name', 'domain', 'hs_parent_company_id', 'type', 'lifecyclestage', 'industry', 'country', 'state', 'numberofemployees',
            'size_band', 'age_band', 'plan_override', 'lifecycle_override', 'hubspot_owner_id', 'customer_success_manager', 'timezone'
        )
),

changes as (
    select company_id, changed_at, property, coalesce(value, '') as said, landed_file, landed_line
    from dated
    where changed_at is not null
),

companies as (
    select * from each_company
    qualify row_number() over (partition by company_id order by landed_file desc, landed_line desc) = 1
),

present as (
    unpivot (
        select
            company_id, name, domain, hs_parent_company_id, type, lifecyclestage, industry, country, state, numberofemployees,
            size_band, age_band, plan_override, lifecycle_override, hubspot_owner_id, customer_success_manager, timezone
        from companies
    )
    on columns(* exclude (company_id))
    into name property value said
),

-- A property of which the history tells nothing was always what it is now.
told as (
    select company_id, changed_at, property, said, landed_file, landed_line from changes
    union all
    select present.company_id, firsts.changed_at, present.property, present.said, firsts.landed_file, firsts.landed_line
    from present
    inner join (
        select
            company_id,
            min(changed_at) as changed_at,
            arg_max(landed_file, (changed_at = first_at, landed_file, landed_line)) as landed_file,
            arg_max(landed_line, (changed_at = first_at, landed_file, landed_line)) as landed_line
        from (select *, min(changed_at) over (partition by company_id) as first_at from changes)
        group by company_id
    ) as firsts on firsts.company_id = present.company_id
    where not exists (
        select 1 from changes where changes.company_id = present.company_id and changes.property = present.property
    )
),

states as (
    select
        company_id,
        changed_at,
        last_value(case when property = 'name' then said end ignore nulls) over so_far as name,
        last_value(case when property = 'domain' then said end ignore nulls) over so_far as domain,
        last_value(case when property = 'hs_parent_company_id' then said end ignore nulls) over so_far as parent_id,
        last_value(case when property = 'type' then said end ignore nulls) over so_far as company_type,
        last_value(case when property = 'lifecyclestage' then said end ignore nulls) over so_far as stage,
        last_value(case when property = 'industry' then said end ignore nulls) over so_far as industry,
        last_value(case when property = 'country' then said end ignore nulls) over so_far as country,
        last_value(case when property = 'state' then said end ignore nulls) over so_far as region,
        last_value(case when property = 'numberofemployees' then said end ignore nulls) over so_far as employees,
        last_value(case when property = 'size_band' then said end ignore nulls) over so_far as size_band,
        last_value(case when property = 'age_band' then said end ignore nulls) over so_far as age_band,
        last_value(case when property = 'plan_override' then said end ignore nulls) over so_far as plan_override,
        last_value(case when property = 'lifecycle_override' then said end ignore nulls) over so_far as lifecycle_override,
        last_value(case when property = 'hubspot_owner_id' then said end ignore nulls) over so_far as owner_id,
        last_value(case when property = 'customer_success_manager' then said end ignore nulls) over so_far as csm_id,
        last_value(case when property = 'timezone' then said end ignore nulls) over so_far as timezone,
        landed_file,
        landed_line
    from told
    window so_far as (partition by company_id order by changed_at range between unbounded preceding and current row)
    -- Changes of one moment are one state.
    qualify row_number() over (partition by company_id, changed_at order by landed_file desc, landed_line desc) = 1
)

select
    states.company_id as account_id,
    nullif(states.name, '') as name,
    domain_of(states.domain) as domain,
    as_key(states.parent_id) as parent_account_id,
    account_type_of(states.company_type, states.stage) as account_type,
    nullif(states.industry, '') as industry,
    nullif(states.country, '') as country,
    nullif(states.region, '') as region,
    coalesce(nullif(states.size_band, ''), size_band_of(states.employees)) as size_band,
    nullif(states.age_band, '') as age_band,
    nullif(states.plan_override, '') as plan_override,
    nullif(states.lifecycle_override, '') as lifecycle_override,
    as_key(states.owner_id) as owner_id,
    as_key(states.csm_id) as csm_id,
    nullif(states.timezone, '') as timezone,
    as_time(coalesce(companies.createdate, cast(min(states.changed_at) over (partition by states.company_id) as varchar))) as created_at,
    as_time(cast(states.changed_at as varchar)) as updated_at,
    as_time(cast(states.changed_at as varchar)) as valid_from,
    as_time(cast(lead(states.changed_at) over (partition by states.company_id order by states.changed_at) as varchar)) as valid_to,
    coalesce(companies.is_deleted, false) as is_deleted,
    states.landed_file,
    states.landed_line
from states
left join companies on companies.company_id = states.company_id
union all by name
-- A change of which nobody knows when it was made is no state of any day.
select
    company_id as account_id,
    landed_file,
    landed_line,
    'timestamp of a change of ' || property || case
        when changed_at_said is null then ' is missing' else ' is no time: "' || changed_at_said || '"'
    end as landed_problem,
    cast(
        to_json({'company': company_id, 'property': property, 'value': value, 'timestamp': changed_at_said}) as varchar
    ) as landed_text
from dated
where changed_at is null
