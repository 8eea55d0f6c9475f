with

-- dlt keeps with a company which deals it has.
company_of as (
    select
        as_key(deals_id) as deal_id,
        case when count(distinct as_key(value)) = 1 then min(as_key(value)) end as company_id
    from companies__deals
    where not exists (select 1 from former_company where former_company._dlt_id = companies__deals._dlt_parent_id)
    group by all
),

-- dlt makes a table of the list of deals that were merged into one.
merged as (
    select _dlt_parent_id, string_agg(value, ';') as merged_ids
    from deals__hs_merged_object_ids
    group by _dlt_parent_id
),

-- A pipeline of one's own is a number: what it is called tells that its deals are renewals.
pipelines as (
    select as_key(id) as pipeline_id, max_by(label, (landed_file, landed_line)) as label
    from pipelines_deals
    group by all
)

select
    as_key(deals.id) as deal_id,
    company_of.company_id,
    deals.hubspot_owner_id as owner_id,
    coalesce(deals.hs_merged_object_ids, merged.merged_ids) as merged_ids,
    coalesce(pipelines.label, deals.pipeline) as pipeline,
    deals.* exclude (id, hubspot_owner_id, hs_merged_object_ids, pipeline)
from deals
left join company_of on company_of.deal_id = as_key(deals.id)
left join merged on merged._dlt_parent_id = deals._dlt_id
left join pipelines on pipelines.pipeline_id = as_key(deals.pipeline)
