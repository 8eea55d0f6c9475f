-- Stages of a pipeline of one's own are numbers: what they mean is told by the two properties that HubSpot reckons.
-- Deals that were merged are one deal.
with

merged as (
    select deal_id as survivor, unnest(merged_keys(merged_ids)) as deal_id
    from each_deal
    where not is_deleted
)

select
    deal_id as opportunity_id,
    company_id as account_id,
    as_key(owner_id) as owner_id,
    case when pipeline ilike '%renew%' then 'renewal' else opportunity_type_of(dealtype) end as type,
    case
        when as_yes(hs_is_closed_won) or dealstage = 'closedwon' then 'won'
        -- A deal that is closed is lost only where somebody says that it was not won.
        when dealstage = 'closedlost' or (as_yes(hs_is_closed) and not as_yes(hs_is_closed_won)) then 'lost'
        when not as_yes(hs_is_closed) or dealstage in (
            'appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'decisionmakerboughtin', 'contractsent'
        ) then 'open'
        -- A word that nobody explains is counted, and so is a stage where nothing else says what became of it.
        else coalesce(
            case when as_yes(hs_is_closed_won) is null then hs_is_closed_won end,
            case when as_yes(hs_is_closed) is null then hs_is_closed end,
            dealstage
        )
    end as status,
    dealstage as stage,
    upper(nullif(deal_currency_code, '')) as currency,
    amount,
    forecast_amount,
    target_amount,
    as_time(closedate) as close_date,
    as_time(createdate) as created_at,
    case when as_yes(hs_is_closed) or dealstage in ('closedwon', 'closedlost') then as_time(closedate) end as closed_at,
    as_time(hs_lastmodifieddate) as updated_at,
    is_deleted or exists (
        select 1 from merged where merged.deal_id = each_deal.deal_id and merged.survivor <> each_deal.deal_id
    ) as is_deleted,
    landed_file,
    landed_line
from each_deal
