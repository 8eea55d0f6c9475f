-- Airbyte writes each property as a column, HubSpot itself all of them as one object, and the companies as associations.
with

told_by_hubspot as (
    select
        id,
        createdAt,
        updatedAt,
        inside(properties, '$.dealstage') as properties_dealstage,
        inside(properties, '$.hubspot_owner_id') as properties_hubspot_owner_id,
        inside(properties, '$.dealtype') as properties_dealtype,
        inside(properties, '$.pipeline') as properties_pipeline,
        inside(properties, '$.hs_is_closed') as properties_hs_is_closed,
        inside(properties, '$.hs_is_closed_won') as properties_hs_is_closed_won,
        inside(properties, '$.deal_currency_code') as properties_deal_currency_code,
        inside(properties, '$.amount') as properties_amount,
        inside(properties, '$.forecast_amount') as properties_forecast_amount,
        inside(properties, '$.target_amount') as properties_target_amount,
        inside(properties, '$.closedate') as properties_closedate,
        coalesce(inside(properties, '$.createdate'), no_json(properties)) as properties_createdate,
        inside(properties, '$.hs_lastmodifieddate') as properties_hs_lastmodifieddate,
        inside(properties, '$.hs_merged_object_ids') as properties_hs_merged_object_ids,
        cast(to_json(list_concat(
            entries(companies, '$'),
            list_transform(entries(associations, '$.companies.results'), lambda company: company -> '$.id')
        )) as varchar) as companies,
        is_deleted,
        landed_file,
        landed_line
    from api_deals
),

every_deal as (
    select * from deals
    union all by name
    select * from told_by_hubspot
),

told as (
    select *, list_transform(entries(companies, '$'), lambda company: as_key(company ->> '$')) as company_ids
    from every_deal
),

-- HubSpot tells the primary company of a deal twice: for being the primary one, and for being one of its companies.
named as (
    select
        *,
        list_distinct(company_ids) as each_once,
        list_distinct(
            list_filter(company_ids, lambda company, place: list_position(company_ids, company) < place)
        ) as told_again
    from told
),

-- A pipeline of one's own is a number: what it is called tells that its deals are renewals.
pipelines as (
    select as_key(pipelineId) as pipeline_id, max_by(label, (landed_file, landed_line)) as label
    from deal_pipelines
    group by all
)

select
    as_key(named.id) as deal_id,
    -- Of several of which none is the primary one no company is the first.
    case when len(each_once) = 1 then each_once[1] when len(told_again) = 1 then told_again[1] end as company_id,
    properties_hubspot_owner_id as owner_id,
    properties_dealtype as dealtype,
    coalesce(pipelines.label, properties_pipeline) as pipeline,
    properties_dealstage as dealstage,
    properties_hs_is_closed as hs_is_closed,
    properties_hs_is_closed_won as hs_is_closed_won,
    properties_deal_currency_code as deal_currency_code,
    properties_amount as amount,
    properties_forecast_amount as forecast_amount,
    properties_target_amount as target_amount,
    properties_closedate as closedate,
    coalesce(properties_createdate, createdat) as createdate,
    coalesce(properties_hs_lastmodifieddate, updatedat) as hs_lastmodifieddate,
    properties_hs_merged_object_ids as merged_ids,
    named.is_deleted,
    named.landed_file,
    named.landed_line
from named
left join pipelines on pipelines.pipeline_id = as_key(named.properties_pipeline)
