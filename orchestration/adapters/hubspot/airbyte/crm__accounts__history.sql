-- Attributes as they were: from each change of one on, with what the others were then.
with

changes as (
    select
        as_key(companyId) as account_id,
        to_time(timestamp) as changed_at,
        property as property,
        value as said,
        landed_file,
        landed_line
    from companies_property_history
    where property in ('name', 'domain', 'industry', 'country', 'state', 'type', 'lifecyclestage', 'numberofemployees')
),

states as (
    select
        account_id,
        changed_at,
        last_value(case when property = 'name' then said end ignore nulls) over changes_so_far as name,
        last_value(case when property = 'domain' then said end ignore nulls) over changes_so_far as domain,
        last_value(case when property = 'industry' then said end ignore nulls) over changes_so_far as industry,
        last_value(case when property = 'country' then said end ignore nulls) over changes_so_far as country,
        last_value(case when property = 'state' then said end ignore nulls) over changes_so_far as region,
        last_value(case when property = 'type' then said end ignore nulls) over changes_so_far as company_type,
        last_value(case when property = 'lifecyclestage' then said end ignore nulls) over changes_so_far as stage,
        last_value(case when property = 'numberofemployees' then said end ignore nulls) over changes_so_far as employees,
        landed_file,
        landed_line
    from changes
    where changed_at is not null
    window changes_so_far as (
        partition by account_id order by changed_at range between unbounded preceding and current row
    )
    -- Changes of one moment are one state.
    qualify row_number() over (partition by account_id, changed_at order by landed_file desc, landed_line desc) = 1
),

companies as (
    select as_key(id) as account_id, max(properties_createdate) as created, bool_or(is_deleted) as is_deleted
    from companies
    group by all
)

select
    states.account_id,
    states.name,
    domain_of(states.domain) as domain,
    case
        when lower(states.company_type) in ('partner', 'reseller') then 'partner'
        when lower(states.stage) in ('customer', 'evangelist') then 'customer'
        when lower(states.stage) in ('subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity') or lower(states.company_type) = 'prospect'
            then 'prospect'
    end as account_type,
    states.industry,
    states.country,
    states.region,
    case
        when try_cast(states.employees as double) < 10 then '1-9'
        when try_cast(states.employees as double) < 50 then '10-49'
        when try_cast(states.employees as double) < 250 then '50-249'
        when try_cast(states.employees as double) >= 250 then '250+'
    end as size_band,
    as_time(coalesce(companies.created, cast(min(states.changed_at) over (partition by states.account_id) as varchar))) as created_at,
    as_time(cast(states.changed_at as varchar)) as updated_at,
    as_time(cast(states.changed_at as varchar)) as valid_from,
    as_time(cast(lead(states.changed_at) over (partition by states.account_id order by states.changed_at) as varchar)) as valid_to,
    coalesce(companies.is_deleted, false) as is_deleted,
    states.landed_file,
    states.landed_line
from states
left join companies on companies.account_id = states.account_id
