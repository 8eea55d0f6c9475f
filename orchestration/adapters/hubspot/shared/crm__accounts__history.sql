-- Attributes as they were: from each change of one on, with what the others were then.
with

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
    from every_change
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
    as_time(coalesce(
        latest_company.createdate, cast(min(states.changed_at) over (partition by states.company_id) as varchar)
    )) as created_at,
    as_time(cast(states.changed_at as varchar)) as updated_at,
    as_time(cast(states.changed_at as varchar)) as valid_from,
    as_time(cast(lead(states.changed_at) over (partition by states.company_id order by states.changed_at) as varchar)) as valid_to,
    coalesce(latest_company.is_deleted, false) as is_deleted,
    states.landed_file,
    states.landed_line
from states
left join latest_company on latest_company.company_id = states.company_id
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
from dated_change
where changed_at is null
