with

-- dlt makes a table of the list of companies that were merged into one.
merged as (
    select _dlt_parent_id, string_agg(value, ';' order by value) as hs_merged_object_ids
    from companies__hs_merged_object_ids
    group by _dlt_parent_id
)

select
    as_key(companies.id) as company_id,
    coalesce(companies.hs_merged_object_ids, merged.hs_merged_object_ids) as hs_merged_object_ids,
    companies.* exclude (id, hs_merged_object_ids)
from companies
left join merged on merged._dlt_parent_id = companies._dlt_id
