select
    as_key("Record ID") as deal_id,
    as_key(only_or_primary("Associated Company IDs", "Associated Company IDs (Primary)")) as company_id,
    "Deal owner" as owner_id,
    -- A list shows labels, Existing Business and Closed Won, and the API names.
    "Deal Type" as dealtype,
    Pipeline as pipeline,
    case
        when replace(lower("Deal Stage"), ' ', '') in (
            'closedwon', 'closedlost', 'appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'contractsent'
        ) then replace(lower("Deal Stage"), ' ', '')
        when lower("Deal Stage") = 'decision maker bought-in' then 'decisionmakerboughtin'
        else "Deal Stage"
    end as dealstage,
    coalesce(
        "Is Deal Closed?", case when as_yes("Is Closed Won") or as_yes("Is closed lost") then 'true' end
    ) as hs_is_closed,
    coalesce(
        "Is Closed Won",
        case
            when as_yes("Is closed lost") then 'false'
            when as_yes("Is Deal Closed?") and not as_yes("Is closed lost") then 'true'
        end
    ) as hs_is_closed_won,
    Currency as deal_currency_code,
    Amount as amount,
    forecast_amount,
    target_amount,
    "Close Date" as closedate,
    "Create Date" as createdate,
    "Last Modified Date" as hs_lastmodifieddate,
    "Merged object IDs" as merged_ids,
    is_deleted,
    landed_file,
    landed_line
from deals
