select
    id,
    name,
    website,
    parent_id,
    type,
    industry,
    billing_country,
    billing_state,
    number_of_employees,
    owner_id,
    coalesce(go_live_at_c, go_live_date_c) as go_live_at,
    coalesce(csm_id_c, csm_c) as csm_id,
    master_record_id,
    created_date,
    coalesce(last_modified_date, system_modstamp) as changed_at,
    is_deleted,
    landed_file,
    landed_line
from account
where coalesce(as_yes(_fivetran_active), true)
