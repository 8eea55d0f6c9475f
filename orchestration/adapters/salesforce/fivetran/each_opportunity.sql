select
    id,
    account_id,
    owner_id,
    type,
    stage_name,
    is_closed,
    is_won,
    currency_iso_code,
    amount,
    forecast_amount_c as forecast_amount,
    target_amount_c as target_amount,
    close_date,
    created_date,
    last_stage_change_date,
    coalesce(last_modified_date, system_modstamp) as changed_at,
    is_deleted,
    landed_file,
    landed_line
from opportunity
where coalesce(as_yes(_fivetran_active), true)
