with

record_types as (
    select short_key(id) as record_type_key, max_by(name, (landed_file, landed_line)) as called
    from record_type
    group by record_type_key
)

select
    id as opportunity_id,
    account_id,
    owner_id,
    case when record_types.called ilike '%renew%' then 'renewal' else opportunity_type_of(type) end as type,
    case
        when as_yes(is_won) then 'won'
        -- What is closed is lost only where somebody says that it was not won.
        when as_yes(is_closed) and not as_yes(is_won) then 'lost'
        when not as_yes(is_closed) then 'open'
        -- A word that nobody explains is counted, and so is a stage where nothing else says what became of it.
        else coalesce(
            case when as_yes(is_won) is null then is_won end,
            case when as_yes(is_closed) is null then is_closed end,
            stage_name
        )
    end as status,
    stage_name as stage,
    upper(currency_iso_code) as currency,
    amount,
    forecast_amount_c as forecast_amount,
    target_amount_c as target_amount,
    as_time(close_date) as close_date,
    as_time(created_date) as created_at,
    case when as_yes(is_closed) then as_time(last_stage_change_date) end as closed_at,
    as_time(coalesce(last_modified_date, system_modstamp)) as updated_at,
    is_deleted,
    landed_file,
    landed_line
from opportunity
left join record_types on record_types.record_type_key = short_key(opportunity.record_type_id)
