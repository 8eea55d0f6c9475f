with

records as (select * from {{ ref('int_component_track_record') }}),

labels as (select * from {{ ref('rpt_component_names') }})

select
    records.model_version_id,
    records.component,
    labels.label as component_label,
    records.label,
    records.horizon_days,
    records.nominal_weight,
    records.available_share,
    records.row_count,
    records.account_count,
    records.event_account_count,
    records.status,
    records.auc,
    records.auc_low,
    records.auc_high,
    records.direction
from records
inner join labels using (component)
