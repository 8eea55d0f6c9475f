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
left join (
    select as_key(organization_id) as organization_id, min(domain) as domain
    from (
        select organization_id, domain from organization_domain
        union all
        select organization_id, domain_name as domain from domain_name
    )
    group by all
) as domains on domains.organization_id = as_key(organization.id)
-- What has no id is told by each of its lines.
qualify
    row_number() over (
        partition by own_key(organization.id, organization.landed_file, organization.landed_line)
        order by organization.landed_file desc, organization.landed_line desc
    ) = 1
