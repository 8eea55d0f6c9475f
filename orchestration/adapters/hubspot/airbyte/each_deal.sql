select
    as_key(id) as deal_id,
    -- A deal of several companies names none as the first.
    case when json_array_length(case when json_valid(companies) then companies end) = 1 then as_key(inside(companies, '$[0]')) end as company_id,
    properties_hubspot_owner_id as owner_id,
    properties_dealtype as dealtype,
    properties_pipeline as pipeline,
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
    is_deleted,
    landed_file,
    landed_line
from deals
