with

-- Each sync of a link is a line; the last one holds.
links as (
    select *, coalesce(upper(category), 'HUBSPOT_DEFINED') as defined_by
    from deal_company
    qualify
        row_number() over (
            partition by as_key(deal_id), as_key(company_id), defined_by, as_key(type_id)
            order by landed_file desc, landed_line desc
        ) = 1
),

-- A deal is of its primary company, else of the only one. Labels of one's own are numbered apart.
companies as (
    select
        as_key(deal_id) as deal_id,
        coalesce(
            max(as_key(company_id)) filter (where as_key(type_id) = '5' and defined_by = 'HUBSPOT_DEFINED'),
            case when count(distinct as_key(company_id)) = 1 then min(as_key(company_id)) end
        ) as company_id
    from links
    where not is_deleted
    group by all
),

merged as (
    select as_key(deal_id) as deal_id, string_agg(merged_deal_id, ';') as merged_ids
    from merged_deal
    group by all
),

-- A pipeline of one's own is a number: what it is called tells that its deals are renewals.
pipelines as (
    select as_key(pipeline_id) as pipeline_id, max_by(label, (landed_file, landed_line)) as label
    from deal_pipeline
    group by all
)

select
    as_key(deal.deal_id) as deal_id,
    companies.company_id,
    deal.owner_id,
    deal.property_dealtype as dealtype,
    coalesce(pipelines.label, deal.deal_pipeline_id, deal.property_pipeline) as pipeline,
    coalesce(deal.deal_pipeline_stage_id, deal.property_dealstage) as dealstage,
    deal.property_hs_is_closed as hs_is_closed,
    deal.property_hs_is_closed_won as hs_is_closed_won,
    deal.property_deal_currency_code as deal_currency_code,
    deal.property_amount as amount,
    deal.property_forecast_amount as forecast_amount,
    deal.property_target_amount as target_amount,
    deal.property_closedate as closedate,
    deal.property_createdate as createdate,
    deal.property_hs_lastmodifieddate as hs_lastmodifieddate,
    concat_ws(';', deal.property_hs_merged_object_ids, merged.merged_ids) as merged_ids,
    deal.is_deleted,
    deal.landed_file,
    deal.landed_line
from deal
left join companies on companies.deal_id = as_key(deal.deal_id)
left join merged on merged.deal_id = as_key(deal.deal_id)
left join pipelines on pipelines.pipeline_id = as_key(coalesce(deal.deal_pipeline_id, deal.property_pipeline))
