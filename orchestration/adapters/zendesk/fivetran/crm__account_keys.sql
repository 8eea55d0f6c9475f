with

-- Each sync of a domain is a line; the last one holds.
latest as (
    select as_key(organization_id) as organization_id, domain, is_deleted
    from (
        select organization_id, domain, is_deleted, landed_file, landed_line from organization_domain
        union all
        select organization_id, domain_name as domain, is_deleted, landed_file, landed_line from domain_name
    )
    qualify
        row_number() over (
            partition by as_key(organization_id), domain order by landed_file desc, landed_line desc
        ) = 1
),

domains as (
    select organization_id, min(domain) as domain
    from latest
    where not is_deleted
    group by organization_id
)

select
    this_folder() as system,
    as_key(organization.id) as foreign_key,
    as_key(organization.external_id) as account_id,
    coalesce(
        domain_of(domains.domain),
        domain_of(coalesce(inside(organization.domain_names, '$[0]'), split_part(organization.domain_names, ',', 1)))
    ) as domain,
    organization.is_deleted,
    organization.landed_file,
    organization.landed_line
from organization
left join domains on domains.organization_id = as_key(organization.id)
-- What has no id is told by each of its lines.
qualify
    row_number() over (
        partition by own_key(organization.id, organization.landed_file, organization.landed_line)
        order by organization.landed_file desc, organization.landed_line desc
    ) = 1
